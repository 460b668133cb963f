import { AsyncLocalStorage } from 'node:async_hooks';
import { App, setExperimental } from '@supabase/lite';
import type { Database } from '../database/database.ts';
import type { Keys } from '../keys.ts';
import type { Identity } from './identity.ts';
import { LiteConnection } from './lite-connection.ts';
import { fileStorageAdapter } from './storage-adapter.ts';

export const TOKEN_SECONDS = 3600;

const callers = new AsyncLocalStorage<Identity | undefined>();

/** @supabase/lite as the project's Data API, Auth and Storage. */
export class Lite {
  private readonly app: { fetch(request: Request): Promise<Response> };
  private readonly connection: LiteConnection;

  constructor(db: Database, keys: Keys, storageFolder: string, siteUrl: string) {
    setExperimental('storage', true);
    this.connection = new LiteConnection(db);
    const app = new App({
      connection: this.connection,
      api: {
        enabled: true,
        schemas: ['public'],
        extra_search_path: ['public', 'extensions'],
        max_rows: 1000,
      },
      auth: {
        enabled: true,
        enable_signup: false,
        enable_anonymous_sign_ins: false,
        jwt_secret: keys.jwtSecret,
        jwt_expiry: TOKEN_SECONDS,
        site_url: siteUrl,
        minimum_password_length: 8,
        enable_refresh_token_rotation: true,
        refresh_token_reuse_interval: 10,
      },
      storage: { enabled: true, file_size_limit: '5MiB' },
      options: {
        defaults: true,
        server: {
          disableStudio: true,
          disableFallback: true,
          apiKeys: false,
          middlewares: [
            async (c, next) => {
              const caller = callers.getStore();
              if (caller) {
                // The token was checked already: this spares two look-ups of its user and session for each request.
                c.set('userId', String(caller.claims['sub'] ?? ''));
                c.set('sessionId', String(caller.claims['session_id'] ?? '-'));
              }
              await next();
            },
          ],
        },
      },
    } as ConstructorParameters<typeof App>[0]);
    Object.assign(app, { _storageAdapter: fileStorageAdapter(storageFolder) });
    this.app = app;
  }

  /** Answers a request under /rest/v1 of a caller whose token was checked. */
  rest(request: Request, caller: Identity): Promise<Response> {
    return quietly(() => callers.run(caller, () => this.app.fetch(request)));
  }

  /** Answers a request under /auth/v1 or /storage/v1. */
  other(request: Request): Promise<Response> {
    return quietly(() => this.app.fetch(request));
  }

  /** Forgets what it knows of the schema, after it changed. */
  reload(): Promise<void> {
    return this.connection.clearSchemaCache();
  }
}

const insideLite = new AsyncLocalStorage<true>();
let isQuiet = false;

/** @supabase/lite prints whole errors, with the rows they are about. Those may hold names and phones: only the code is printed. */
function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (!isQuiet) quietConsole();
  return insideLite.run(true, work);
}

function quietConsole(): void {
  isQuiet = true;
  const { error, warn } = console;
  console.warn = (...parts: unknown[]) => {
    if (!insideLite.getStore()) warn(...parts);
  };
  console.error = (...parts: unknown[]) => {
    if (!insideLite.getStore()) return error(...parts);
    const code = parts
      .map((part) => (part instanceof Error ? Reflect.get(part, 'code') : undefined))
      .find(Boolean);
    if (typeof code !== 'string') error('api: internal error');
    else if (!/^(PT|PGRST|P0001|42501)/.test(code)) error(`api: database error ${code}`);
  };
}
