import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const page = (surface: string) => resolve(import.meta.dirname, 'src', surface, 'index.html');

export default defineConfig({
  root: 'src',
  publicDir: '../public',
  plugins: [svelte()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: ['es2020', 'chrome73', 'safari14'],
    rollupOptions: {
      input: { resident: page('resident'), street: page('street'), community: page('community') },
    },
  },
});
