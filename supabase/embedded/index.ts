import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Hono } from 'hono';
import { FunctionCaller } from './api/call.ts';
import { FileStore } from './api/file-store.ts';
import { gateway } from './api/gateway.ts';
import { Tokens } from './api/identity.ts';
import { Lite } from './api/lite.ts';
import type { Database, Result } from './database/database.ts';
import { openDatabase } from './database/open.ts';
import { checkPort, clientOf, httpServer, listen, stopListening } from './http.ts';
import { loadKeys, loadPushKeys } from './keys.ts';
import { lockFolder } from './lock.ts';
import { attachRealtime } from './realtime/server.ts';
import type { Progress } from './schema/migrate.ts';
import { applyMigrations, applySeeds, migrationsFolder, seedFolder } from './schema/migrate.ts';
import { startScheduler, TASKS } from './scheduler.ts';
import { startSender } from './sender.ts';
import { followBaseHosts } from './web/base-hosts.ts';
import { COMMON_HEADERS } from './web/policy.ts';
import { siteApp } from './web/site.ts';
import { tileFiles } from './web/tile-files.ts';

const DEADLINE_MS = 15_000;
const GRACE_MS = 5_000;

export interface EmbeddedOptions {
  /** Where the database, the photos and the secret are kept; made when missing. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  /** Default 127.0.0.1: this machine only. */
  host?: string | undefined;
  /** A native PostgreSQL (a superuser's URL) instead of PGlite. */
  databaseUrl?: string | undefined;
  /** The built site's folder; null serves the API only. */
  site?: string | null | undefined;
  /** Brings the demo street, its accounts and its issues. */
  demo?: boolean | undefined;
  log?: ((line: string) => void) | undefined;
  progress?: Progress | undefined;
  /** Longest a query may run, in ms. */
  deadlineMs?: number | undefined;
  /** `mailto:` or https: whom a browser's push service may ask. */
  pushContact?: string | undefined;
  /** Where prepared copies are kept between starts; default `.cache` beside the data folder. */
  cacheDir?: string | undefined;
  migrationsDir?: string | undefined;
  seedDir?: string | undefined;
}

export interface EmbeddedSupabase {
  url: string;
  anonKey: string;
  serviceKey: string;
  jwtSecret: string;
  /** Runs one statement as the owner of everything, past row-level security. */
  query(sql: string, params?: readonly unknown[]): Promise<Result['rows']>;
  db: Database;
  /** Finishes running requests, closes the database and gives the folder back. */
  stop(): Promise<void>;
}

/**
 * Starts the whole backend in this process: database, Data API, Auth, Storage, Realtime, scheduler and site.
 * Throws FolderInUse and PortInUse, whose messages are for people.
 */
export async function startEmbeddedSupabase(options: EmbeddedOptions): Promise<EmbeddedSupabase> {
  const { host = '127.0.0.1', log = () => {}, progress = () => {} } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  const undo: (() => Promise<void>)[] = [() => lock.release()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    await checkPort(options.port, host);
    const keys = await loadKeys(dataDir);
    const cacheDir = options.cacheDir ?? join(dataDir, '..', '.cache');
    const db = await openDatabase({
      ...options,
      dataDir,
      cacheDir,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
      log,
      progress,
    });
    undo.push(() => db.close());
    await applyMigrations(db, options.migrationsDir ?? migrationsFolder, progress);
    await applySeeds(db, options.seedDir ?? seedFolder, options.demo ?? false, progress);

    const tokens = new Tokens(keys.jwtSecret);
    const caller = new FunctionCaller(db);
    const photos = new FileStore(join(dataDir, 'storage'));
    const lite = new Lite(db, keys, join(dataDir, 'storage'), `http://${host}:${options.port}`);
    await db.listen('pgrst', () => {
      caller.reload();
      void lite.reload();
    });
    const app = new Hono();
    app.get('/health', (c) =>
      c.json({ status: 'ok' }, 200, { ...COMMON_HEADERS, 'cache-control': 'no-store' }),
    );
    app.route('/', gateway({ db, keys, tokens, lite, caller, photos, clientOf }));
    app.route('/', tileFiles(join(dataDir, 'basemaps')));
    if (options.site)
      app.route(
        '/',
        siteApp({
          dist: resolve(options.site),
          cache: join(cacheDir, 'brotli'),
          anonKey: keys.anonKey,
          caller,
          baseHosts: await followBaseHosts(db, log),
        }),
      );

    const server = httpServer(app, log);
    const realtime = await attachRealtime(server, { db, keys, tokens, log });
    undo.push(startScheduler(db, TASKS, log));
    undo.push(await startSender(db, await loadPushKeys(dataDir, options.pushContact), photos, log));
    const port = await listen(server, options.port, host);
    undo.push(async () => {
      realtime.close();
      await stopListening(server, GRACE_MS);
    });
    return {
      url: `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`,
      anonKey: keys.anonKey,
      serviceKey: keys.serviceKey,
      jwtSecret: keys.jwtSecret,
      query: async (sql, params) => (await db.query(sql, params)).rows,
      db,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
