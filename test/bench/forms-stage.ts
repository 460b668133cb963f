import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { build } from 'vite';
import { compress } from '../../supabase/embedded/web/compress.ts';
import { readSite } from '../../supabase/embedded/web/files.ts';
import { newFolder } from './product.ts';

/** The same form by other engines, built for the same phones and served as this product serves its own files; nothing of it is shipped. */
export interface FormsStage {
  url: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, 'form-page');
const enketo = dirname(createRequire(import.meta.url).resolve('enketo-core/package.json'));
/** Names that Enketo Core leaves to its host's bundler; it says itself what they stand for. */
const alias = Object.fromEntries(
  ['widgets', 'fake-translator', 'fake-dialog', 'file-manager', 'xpath-evaluator-binding'].map((name) => [
    `enketo/${name.replace('fake-', '')}`,
    resolve(enketo, 'src/js', `${name}.js`),
  ]),
);

export async function formsStage(): Promise<FormsStage> {
  const folder = newFolder();
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { ...alias, 'enketo/config': resolve(enketo, 'config.js') } },
    build: {
      outDir: folder.path,
      emptyOutDir: true,
      target: ['es2020', 'chrome73', 'safari14'],
      chunkSizeWarningLimit: 5000,
      rollupOptions: { input: ['survey', 'enketo'].map((name) => resolve(root, `${name}.html`)) },
    },
  });
  const files = new Map<string, { type: string; bytes: Uint8Array }>();
  for (const [path, { type, bytes }] of readSite(folder.path))
    files.set(path, { type, bytes: await compress(bytes, 'br', 11) });
  folder.remove();
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': 'br',
      'cache-control': url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(file.bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '',
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
