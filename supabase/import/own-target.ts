import * as v from 'valibot';
import { DatabaseError, transaction } from '../embedded/database/database.ts';
import { startEmbeddedSupabase, type EmbeddedOptions } from '../embedded/index.ts';
import { answer } from './outcome.ts';
import { onlyBoundary, TargetTrouble, type Target } from './target.ts';

// Nobody waits for anything else meanwhile, so a whole city's file may take its time.
const longestMs = 60 * 60_000;

/**
 * The data folder's own database, opened for the import alone and past the limits of requests.
 * Throws FolderInUse when a server runs on the folder.
 */
export async function ownTarget(options: Omit<EmbeddedOptions, 'port'>): Promise<Target> {
  const backend = await startEmbeddedSupabase({ ...options, port: 0, site: null });
  return {
    take: (rows, dryRun) =>
      transaction(
        backend.db,
        async (lease) => {
          await lease.query(`select set_config('request.jwt.claims', '{"role":"service_role"}', true)`);
          const result = await lease.query('select public.import_courtyards($1::text::jsonb, $2) as answer', [
            JSON.stringify(rows),
            dryRun,
          ]);
          return v.parse(answer, result.rows[0]?.['answer']).rows;
        },
        longestMs,
      ).catch((error: unknown) => {
        if (!(error instanceof DatabaseError)) throw error;
        throw new TargetTrouble('server_refused', { status: error.code, message: error.message });
      }),
    boundary: async () =>
      onlyBoundary(
        await backend.query(
          `select extensions.st_asgeojson(boundary)::jsonb as boundary from public.areas where level = 'street'`,
        ),
      ),
    close: () => backend.stop(),
  };
}
