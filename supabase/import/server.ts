import * as v from 'valibot';
import type { MultiPolygon, Polygon } from 'geojson';
import type { CourtyardRow } from './check.ts';
import { answer, type Answer } from './outcome.ts';

/** Where the API is, and the service key that may import. */
export interface Server {
  url: string;
  key: string;
}

/** The server did not do what was asked; `code` is of the message table. */
export class ServerTrouble extends Error {
  readonly code: 'server_away' | 'server_refused' | 'server_strange';
  readonly detail: Record<string, string | number>;
  constructor(code: ServerTrouble['code'], detail: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

const refusal = v.object({ message: v.string() });
const boundaries = v.array(
  v.object({
    boundary: v.variant('type', [
      v.object({ type: v.literal('Polygon'), coordinates: v.array(v.array(v.array(v.number()))) }),
      v.object({
        type: v.literal('MultiPolygon'),
        coordinates: v.array(v.array(v.array(v.array(v.number())))),
      }),
    ]),
  }),
);

async function ask(server: Server, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(new URL(path, server.url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      apikey: server.key,
      authorization: `Bearer ${server.key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ServerTrouble('server_away', { url: server.url });
  });
  const read: unknown = await response.json().catch(() => null);
  if (response.ok) return read;
  const words = v.safeParse(refusal, read);
  throw new ServerTrouble('server_refused', {
    status: response.status,
    message: words.success ? words.output.message : response.statusText,
  });
}

/** Calls import_courtyards; throws ServerTrouble. */
export async function importRows(
  server: Server,
  rows: CourtyardRow[],
  dryRun: boolean,
): Promise<Answer['rows']> {
  const read = v.safeParse(
    answer,
    await ask(server, '/rest/v1/rpc/import_courtyards', { rows, dry_run: dryRun }),
  );
  if (!read.success) throw new ServerTrouble('server_strange');
  return read.output.rows;
}

/** The street's boundary in WGS-84 degrees, or null when the server has none, or several streets. */
export async function streetBoundary(server: Server): Promise<Polygon | MultiPolygon | null> {
  const read = v.safeParse(boundaries, await ask(server, '/rest/v1/areas?select=boundary&level=eq.street'));
  return read.success && read.output.length === 1 ? (read.output[0]?.boundary ?? null) : null;
}

/** True when a server answers there. */
export async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/rest/v1/', url), { signal: AbortSignal.timeout(3000) }).then(
    () => true,
    () => false,
  );
}
