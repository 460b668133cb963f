import { buffersOf } from '../core/issue-pack.ts';
import { parseSnapshot } from '../core/map-snapshot.ts';
import type { MapSnapshot } from '../core/map-snapshot.ts';

/** The bytes of `map_snapshot`'s answer come in, what the map needs goes out; `failed` says what was not as agreed. */
export type SnapshotRead = { snapshot: MapSnapshot } | { failed: string };

// A worker's own postMessage takes options; the page's typing of it does not.
const answer: (read: SnapshotRead, options?: StructuredSerializeOptions) => void = postMessage;

addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
  try {
    const snapshot = parseSnapshot(JSON.parse(new TextDecoder().decode(data)));
    answer({ snapshot }, { transfer: buffersOf(snapshot.issues) });
  } catch (failure) {
    answer({ failed: failure instanceof Error ? failure.message : '' });
  }
});
