import { parseApiError } from '../core/api-error.ts';
import { parseChanges } from '../core/map-snapshot.ts';
import type { MapChanges, MapSnapshot } from '../core/map-snapshot.ts';
import { authorisedFetch, supabaseUrl } from './client.ts';
import { answerUnreadable, unreached } from './errors.ts';
import type { SnapshotRead } from './snapshot-worker.ts';

/**
 * Takes a snapshot of a topic. A worker reads the answer, 200,000 issues without a stutter, and is let go with all it
 * needed for that; it starts while the server is still thinking. Throws an ApiError.
 */
export async function takeSnapshot(topic: string, signal: AbortSignal): Promise<MapSnapshot> {
  const worker = new Worker(new URL('./snapshot-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await read(worker, await answerOf('map_snapshot', { topic }, signal), signal);
  } finally {
    worker.terminate();
  }
}

/** What changed in a topic after a number. Throws an ApiError. */
export async function takeChanges(topic: string, seq: number, signal: AbortSignal): Promise<MapChanges> {
  const bytes = await answerOf('changes_since', { topic, seq }, signal);
  try {
    return parseChanges(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (failure) {
    throw answerUnreadable(failure instanceof Error ? failure.message : '');
  }
}

async function answerOf(name: string, args: object, signal: AbortSignal): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await authorisedFetch(`${supabaseUrl}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
      signal,
    });
  } catch (failure) {
    throw unreached(failure instanceof Error ? failure.message : String(failure));
  }
  if (!response.ok) throw parseApiError(response.status, await response.json().catch(() => null));
  return response.arrayBuffer();
}

function read(worker: Worker, bytes: ArrayBuffer, signal: AbortSignal): Promise<MapSnapshot> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(unreached('aborted')));
    worker.addEventListener('error', () => reject(answerUnreadable('worker')));
    worker.addEventListener('message', ({ data }: MessageEvent<SnapshotRead>) =>
      'snapshot' in data ? resolve(data.snapshot) : reject(answerUnreadable(data.failed)),
    );
    worker.postMessage(bytes, [bytes]);
  });
}
