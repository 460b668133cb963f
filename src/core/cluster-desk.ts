import { ClusterIndex } from './cluster-index.ts';
import type { Box, DrawnCluster, DrawnPin, PinColumns } from './drawn-pins.ts';

/** What the map asks of whoever keeps its clusters; typed arrays may be given away. Times in epoch milliseconds. */
export type ClusterAsk =
  | { do: 'load'; columns: PinColumns; shown: Uint32Array | null; now: number }
  | { do: 'show'; shown: Uint32Array | null }
  /** Rows as they are now; `shown` (1, 0) tells of each whether it is drawn. Rows from `size` on are gone. */
  | { do: 'patch'; rows: Uint32Array; columns: PinColumns; shown: Uint8Array; size: number; now: number }
  | { do: 'tick'; now: number }
  | { do: 'view'; box: Box; zoom: number }
  | { do: 'open'; key: number };

export type Opened = { is: 'opened'; key: number; pins: DrawnPin[]; splits: number | null };
/** What is drawn otherwise than after the answer before: ids of pins and keys of clusters that went, and what came or changed. */
export type DrawnChange = {
  is: 'drawn';
  gonePins: number[];
  goneClusters: number[];
  pins: DrawnPin[];
  clusters: DrawnCluster[];
};
export type ClusterAnswer = DrawnChange | Opened;

const same = <T extends object>(a: T | undefined, b: T): boolean =>
  a !== undefined && Object.entries(b).every(([name, value]) => Reflect.get(a, name) === value);

/** What of `now` differs from `before`, which becomes `now`. */
function renew<T extends object>(
  before: Map<number, T>,
  now: readonly T[],
  keyOf: (one: T) => number,
): [T[], number[]] {
  const present = new Set(now.map(keyOf));
  const gone = [...before.keys()].filter((key) => !present.has(key));
  for (const key of gone) before.delete(key);
  const fresh = now.filter((one) => !same(before.get(keyOf(one)), one));
  for (const one of fresh) before.set(keyOf(one), one);
  return [fresh, gone];
}

/** Keeps the clusters and what of them the map shows, and answers with what changed; runs in a worker. */
export class ClusterDesk {
  #index = new ClusterIndex();
  #view: { box: Box; zoom: number } | null = null;
  #pins = new Map<number, DrawnPin>();
  #clusters = new Map<number, DrawnCluster>();

  /** Null when the map has nothing to do. */
  answer(ask: ClusterAsk): ClusterAnswer | null {
    switch (ask.do) {
      case 'load':
        this.#index.load(ask.columns, ask.shown, ask.now);
        return this.#draw();
      case 'show':
        this.#index.show(ask.shown);
        return this.#draw();
      case 'patch':
        this.#index.patch(ask.rows, ask.columns, ask.shown, ask.size, ask.now);
        return this.#draw();
      case 'tick':
        return this.#index.tick(ask.now) ? this.#draw() : null;
      case 'view':
        this.#view = ask;
        return this.#draw();
      case 'open':
        return { is: 'opened', key: ask.key, ...this.#index.open(ask.key) };
    }
  }

  #draw(): DrawnChange | null {
    if (!this.#view) return null;
    const drawn = this.#index.view(this.#view.box, this.#view.zoom);
    const [pins, gonePins] = renew(this.#pins, drawn.pins, ({ id }) => id);
    const [clusters, goneClusters] = renew(this.#clusters, drawn.clusters, ({ key }) => key);
    if (pins.length + clusters.length + gonePins.length + goneClusters.length === 0) return null;
    return { is: 'drawn', gonePins, goneClusters, pins, clusters };
  }
}
