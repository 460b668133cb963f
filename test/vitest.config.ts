import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const prove = process.env['PROVE'] === '1';

// Many more cases take longer; what each part needs in time and in parallel is said here, once.
const patience = (seconds: number) => ({
  testTimeout: seconds * 1000 * (prove ? 20 : 1),
  hookTimeout: 120_000,
});

function part(name: string, include: string[], more: object): TestProjectConfiguration {
  return { extends: true, test: { name, include, environment: 'node', pool: 'forks', ...more } };
}

const oneByOne = { fileParallelism: false };

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [svelte({ configFile: false })],
  test: {
    projects: [
      part('unit', ['src/**/*.test.ts', 'supabase/**/*.test.ts'], patience(10)),
      part('database', ['test/database/**/*.test.ts'], {
        ...patience(30),
        maxWorkers: 2,
        // Each file has databases of its own and nothing else that another could see: workers are started once.
        isolate: false,
        globalSetup: ['test/database/templates.ts'],
      }),
      // Both wait more than they work: for timers, for a page.
      part('embedded', ['test/embedded/**/*.test.ts'], { ...patience(60), maxWorkers: 2 }),
      part('browser', ['test/browser/**/*.test.ts'], {
        ...patience(120),
        maxWorkers: 2,
        expect: { poll: { timeout: 15_000 } },
        globalSetup: ['test/browser/demo.ts'],
      }),
      part('build', ['test/build/**/*.test.ts'], { ...patience(60), ...oneByOne }),
    ],
  },
});
