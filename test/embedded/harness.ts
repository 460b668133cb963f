import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { WebSocket } from 'ws';
import {
  type EmbeddedOptions,
  type EmbeddedSupabase,
  startEmbeddedSupabase,
} from '../../supabase/embedded/index.ts';

const root = resolve(import.meta.dirname, '../..');
const fixture = join(import.meta.dirname, 'fixture');

/** The accounts of the fixture; both have the same password. */
export const one = { id: '00000000-0000-4000-8000-000000000001', email: 'one@demo.example' };
export const two = { id: '00000000-0000-4000-8000-000000000002', email: 'two@demo.example' };
export const password = 'a long password';

export const fixtureOptions = {
  cacheDir: join(root, '.cache'),
  migrationsDir: join(fixture, 'migrations'),
  seedDir: join(fixture, 'seed'),
  port: 0,
  demo: true,
} as const;

/** An empty folder and what removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'courtyard-embedded-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A server of the fixture in a folder of its own, removed when it stops. */
export async function boot(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedSupabase> {
  const folder = temporaryFolder();
  const server = await startEmbeddedSupabase({ ...fixtureOptions, dataDir: folder.path, ...options });
  const stop = async () => {
    await server.stop();
    folder.remove();
  };
  return { ...server, stop };
}

/** A client of supabase-js as a browser would have it, for a server. */
export function client(server: EmbeddedSupabase): SupabaseClient {
  return createClient(server.url, server.anonKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: WebSocket as never, timeout: 5_000 },
  });
}

/** A client signed in as one of the fixture's accounts. */
export async function signedIn(server: EmbeddedSupabase, email: string): Promise<SupabaseClient> {
  const supabase = client(server);
  const { error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return supabase;
}

/** Sends a request with the public key, the way the resident's page does. */
export function request(server: EmbeddedSupabase, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('apikey', server.anonKey);
  return fetch(server.url + path, { ...init, headers });
}

/** Calls a function as nobody in particular. */
export function rpc(server: EmbeddedSupabase, name: string, args: unknown): Promise<Response> {
  return request(server, `/rest/v1/rpc/${name}`, {
    method: 'POST',
    body: JSON.stringify(args),
    headers: { 'content-type': 'application/json' },
  });
}

/** A fresh database of the test cluster; undefined when there is no cluster. */
export async function freshNative(name: string): Promise<string | undefined> {
  const admin = process.env['TEST_DATABASE_URL'];
  if (!admin) return undefined;
  const sql = postgres(admin, { max: 1, onnotice: () => {} });
  await sql.unsafe(`drop database if exists ${name} with (force)`);
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
