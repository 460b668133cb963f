import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import type { EnvironmentOptions, Plugin } from 'vite';

const page = (surface: string) => resolve(import.meta.dirname, 'src', surface, 'index.html');
const staffPages = ['street', 'street/wall', 'community', 'admin'].filter((surface) =>
  existsSync(page(surface)),
);

/** What residents hold: phones of 2019 and iOS 14. */
const phones = ['es2020', 'chrome73', 'safari14'];
/** What staff work with: WebGL 2 asks for browsers of 2021 anyway, and those know private fields. */
const desks = ['es2022', 'safari16.4'];

/** For static hosting: writes the backend's address and key into each page. Unset, the embedded server does it when it serves them. */
function backendSettings(): Plugin {
  const settings = {
    '%SUPABASE_URL%': process.env['VITE_SUPABASE_URL'],
    '%SUPABASE_ANON_KEY%': process.env['VITE_SUPABASE_ANON_KEY'],
  };
  return {
    name: 'backend-settings',
    transformIndexHtml: (html) =>
      Object.entries(settings).reduce((text, [hole, value]) => text.replace(hole, value ?? hole), html),
  };
}

/**
 * Makes each of the resident's pages one response: script and styles are written into the HTML, what is loaded later stays
 * in files of its own. Those files must not import from the page's own script, which has no address any more.
 */
function onePage(): Plugin {
  return {
    name: 'one-page',
    enforce: 'post',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'report' || environment.name === 'follow',
    transform: {
      order: 'pre',
      filter: { id: /\/src\/resident\/.*\.ts$/ },
      // Indentation inside templates is the only indentation that would be shipped.
      handler: (code) => ({ code: code.replace(/\n[ \t]+/g, '\n'), map: null }),
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const html = files.find((file) => file.fileName.endsWith('.html'));
        const entry = files.find((file) => file.type === 'chunk' && file.isEntry);
        if (html?.type !== 'asset' || entry?.type !== 'chunk')
          return this.error('The resident page was not built.');
        for (const file of files)
          if (file.type === 'chunk' && file.imports.includes(entry.fileName))
            this.error(
              `${file.name} shares ${file.moduleIds.join(', ')} with the resident's page; give it a copy of its own.`,
            );

        const folder = entry.fileName.replace(/[^/]+$/, '');
        const script = entry.code
          .replace(/import\((["'`])\.\//g, `import($1/${folder}`)
          .replace(/<\/script/g, '<\\/script')
          .replace(/<!--/g, '\\x3C!--')
          .trim();
        const styles = [...(entry.viteMetadata?.importedCss ?? [])].map((name) => {
          const file = bundle[name];
          delete bundle[name];
          return file?.type === 'asset' ? String(file.source).trim() : '';
        });
        delete bundle[entry.fileName];
        html.source = String(html.source)
          .replace(/\s*<script type="module"[^>]*src=[^>]*><\/script>/, '')
          .replace(/\s*<link rel="(?:stylesheet|modulepreload)"[^>]*>/g, '')
          .replace(/\n\s+/g, '\n')
          .replace('</head>', () => `<style>${styles.join('')}</style>\n</head>`)
          .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
      },
    },
  };
}

/** The resident's pages and their worker load what is late by themselves: Vite's own loader is thirty times this. */
function lightLoader(): Plugin {
  return {
    name: 'light-loader',
    enforce: 'post',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'report' || name === 'follow' || name === 'worker',
    load: {
      order: 'pre',
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler:
        () => `export const __vitePreload = (load, files = []) => Promise.all(files.filter((file) => file.endsWith('.css')).map((file) =>
        new Promise((done) => {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.href = '/' + file;
          link.onload = link.onerror = done;
          document.head.append(link);
        }))).then(load);`,
    },
  };
}

/** Ways to sign in that this product does not offer: kilobytes before the map for nothing. */
function leanAuth(): Plugin {
  const names = {
    webauthn: [
      'WebAuthnApi',
      'serializeCredentialCreationResponse',
      'serializeCredentialRequestResponse',
    ].concat(['deserializeCredentialCreationOptions', 'deserializeCredentialRequestOptions']),
    ethereum: ['createSiweMessage', 'fromHex', 'getAddress', 'toHex'],
  };
  return {
    name: 'lean-auth',
    apply: 'build',
    load: {
      order: 'pre',
      filter: {
        id: /\/@supabase\/auth-js\/dist\/module\/lib\/(?:webauthn|web3\/ethereum)\.js$/,
      },
      handler(id) {
        const file = Object.entries(names).find(([name]) => id.endsWith(`/${name}.js`));
        const exports = file?.[1] ?? [];
        return `class Absent {}\nexport { ${exports.map((name) => `Absent as ${name}`).join(', ')} };`;
      },
    },
  };
}

/** What comes late brings its styles with it; its scripts name one another, and a list of them would come before the map. */
const lateStyles = (_file: string, needed: string[], { hostType }: { hostType: 'html' | 'js' }): string[] =>
  hostType === 'js' ? needed.filter((name) => name.endsWith('.css')) : needed;

const residentPage = (html: string): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    target: phones,
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: resolve(import.meta.dirname, 'src', 'resident', html),
      // Class fields as plain assignments: old phones get no helper functions.
      transform: { assumptions: { setPublicClassFields: true } },
    },
  },
});

/** A service worker: one classic script, since old phones know no other kind; the resident's at the root, for both their pages. */
const workerScript = (surface: string, file: string): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    target: phones,
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    rollupOptions: {
      input: resolve(import.meta.dirname, 'src', surface, 'worker', 'main.ts'),
      output: { format: 'iife', entryFileNames: file, codeSplitting: false },
    },
  },
});

export default defineConfig({
  root: 'src',
  publicDir: '../public',
  plugins: [svelte(), backendSettings(), onePage(), lightLoader(), leanAuth()],
  // in kB: MapLibre is one file of 1,100
  build: { outDir: '../dist', chunkSizeWarningLimit: 1200 },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'report', 'follow', 'worker', 'roundWorker']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        target: desks,
        emptyOutDir: true,
        modulePreload: { polyfill: false, resolveDependencies: lateStyles },
        rollupOptions: { input: Object.fromEntries(staffPages.map((surface) => [surface, page(surface)])) },
      },
    },
    // The resident's two pages share no file, so each is built by itself.
    report: residentPage('index.html'),
    follow: residentPage('follow.html'),
    worker: workerScript('resident', 'sw.js'),
    roundWorker: workerScript('community', 'community-sw.js'),
  },
});
