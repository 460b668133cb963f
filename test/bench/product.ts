import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The product as `npm start` runs it, in a process of its own. */
export interface Product {
  url: string;
  anonKey: string;
  /** The path of the courtyard it prints a link for. */
  demoLink: string;
  /** From the start of the process to its first answer, ms. */
  bootMs: number;
  stop(): Promise<void>;
}

/** A new data folder of the machine's temporary folder, and how to remove it. */
export function newFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'courtyard-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Removes the prepared databases, so that the next start is as the first on a machine. */
export function forgetPrepared(): void {
  const cache = join(root, '.cache');
  for (const name of readdirSync(cache))
    if (name.startsWith('database-')) rmSync(join(cache, name), { recursive: true });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('The product did not answer within a minute');
}

/** Starts the product on a data folder and waits until it answers. `databaseUrl`: a native PostgreSQL instead of PGlite. */
export async function startProduct(folder: string, databaseUrl?: string): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['supabase/embedded/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await answers(url, child);
  const bootMs = performance.now() - startedAt;
  const page = await (await fetch(`${url}/street/`)).text();
  while (!printed.includes('/c/')) await new Promise((done) => setTimeout(done, 20));
  return {
    url,
    bootMs,
    demoLink: /\/c\/\w+/.exec(printed)?.[0] ?? '',
    anonKey: /name="supabase-key"\s+content="([^"]+)"/.exec(page)?.[1] ?? '',
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

/** Calls an API function; gives its JSON. Throws with the answer's text when it is refused. */
export async function rpc(
  product: Product,
  name: string,
  args: object,
  token = product.anonKey,
): Promise<unknown> {
  const answer = await fetch(`${product.url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: {
      apikey: product.anonKey,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-encoding': 'br',
    },
    body: JSON.stringify(args),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const Token = v.object({ access_token: v.string() });

/** Signs a demo account in; gives its access token. */
export async function signIn(product: Product, account: string): Promise<string> {
  const answer = await fetch(`${product.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: product.anonKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${account}@shaocheng.example`, password: 'shaocheng-2026' }),
  });
  return v.parse(Token, await answer.json()).access_token;
}
