import { IssueStore } from '../../../src/core/issue-store.ts';
import { noFilter } from '../../../src/core/filter/issue-filter.ts';
import type { FilterContext } from '../../../src/core/filter/match-rows.ts';
import { FoldedTexts } from '../../../src/core/filter/said.ts';
import { ShownRows } from '../../../src/core/filter/shown-rows.ts';
import { YardTable } from '../../../src/core/filter/yard-table.ts';
import { issueStates, markOf } from '../../../src/core/issue-state.ts';
import { PinMirror } from '../../../src/core/pin-mirror.ts';
import type { SnapshotRead } from '../../../src/data/snapshot-worker.ts';
import { IssueLayer } from '../../../src/map/issue-layer.ts';
import { palettes } from '../../../src/map/palette.ts';
import type { Contender } from './main.ts';
import { plainMap } from './plain-map.ts';

function readSnapshot(bytes: ArrayBuffer): Promise<SnapshotRead> {
  const worker = new Worker(new URL('../../../src/data/snapshot-worker.ts', import.meta.url), {
    type: 'module',
  });
  return new Promise((done) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SnapshotRead>) => {
      worker.terminate();
      done(data);
    });
    worker.postMessage(bytes, [bytes]);
  });
}

export interface Ours extends Contender {
  /** Frames the map drew while nothing happened for so long (ms). */
  idle(time: number): Promise<number>;
  /** So many changes, each drawn before the next; gives how many pins and clusters were drawn anew for them. */
  replay(count: number): Promise<number>;
}

/** The product's own store, filter, workers and layer. */
export async function ours(): Promise<Ours> {
  const map = await plainMap();
  const words = { issue: String, group: String, close: () => '', next: () => '' };
  let fed = 0;
  let onfed = (): void => {};
  const layer = new IssueLayer({
    words,
    onchoose: () => {},
    go: () => {},
    ondraw: ({ pins, clusters }) => {
      fed += pins.length + clusters.length;
      onfed();
    },
  });
  layer.add(map, { theme: 'light', palette: palettes.light, language: 'zh' });
  const store = new IssueStore();
  const mirror = new PinMirror(() => null);
  const now = Date.now();
  const context: FilterContext = {
    now,
    yards: new YardTable([]),
    labels: null,
    own: { level: 'street', name: '少城街道', oversees: ['community'] },
    readings: null,
    inside: null,
    time: null,
    liveSince: 0,
    texts: new FoldedTexts(),
  };
  const filtered = new ShownRows();
  const draw = (shown: Uint32Array | null) => {
    const done = new Promise<void>((resolve) => {
      onfed = () => void map.once('idle', () => resolve());
    });
    const next = mirror.next(store, shown, now);
    if (next) layer.tell(next.ask, next.added);
    return done;
  };
  const contender: Ours = {
    async load(address) {
      const read = await readSnapshot(await (await fetch(address)).arrayBuffer());
      if ('failed' in read) throw new Error(read.failed);
      store.load(read.snapshot.issues);
      await draw(null);
    },
    async change(nth) {
      const row = store.read(nth);
      store.patch({
        id: [row.id],
        number: [row.number],
        courtyard_id: [row.courtyardId],
        category: [row.category],
        state: ['handling'],
        holder_level: [row.holderLevel],
        holder: [row.holder],
        urgency: [row.urgency],
        lng: [row.lng],
        lat: [row.lat],
        step: [row.step],
        asked: [row.asked],
        warn_at: [null],
        // Late when it was not, else not: in every case its mark, or its cluster's count, is drawn otherwise.
        due_at: [markOf(row.state, row.dueAt, now) === 'late' ? now / 1000 + 86_400 : now / 1000 - 60],
        created_at: [row.createdAt / 1000],
        version: [row.version + 1],
        what: [row.what],
      });
      await draw(null);
    },
    async filter() {
      const states = [issueStates[1] ?? 'handling'];
      filtered.rebuild(store, { ...noFilter, states }, context, null);
      await draw(filtered.rows);
    },
    async idle(time) {
      let frames = 0;
      const count = () => (frames += 1);
      map.on('render', count);
      await new Promise((done) => setTimeout(done, time));
      map.off('render', count);
      return frames;
    },
    async replay(count) {
      fed = 0;
      // Out of sight nothing would be drawn, and there would be nothing to wait for.
      const { lng, lat } = store.columns;
      const sight = map.getBounds();
      const rows = Array.from({ length: store.size }, (_, row) => row).filter((row) =>
        sight.contains([lng[row] ?? NaN, lat[row] ?? NaN]),
      );
      for (let nth = 0; nth < count; nth++) await contender.change(rows[nth % rows.length] ?? 0);
      return fed;
    },
  };
  return contender;
}
