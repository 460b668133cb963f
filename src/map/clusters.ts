import type { ClusterAnswer, ClusterAsk, DrawnChange, Opened } from '../core/cluster-desk.ts';

/** The arrays of an ask, which go to the worker without being copied. */
function arraysOf(ask: ClusterAsk): ArrayBuffer[] {
  const arrays = 'columns' in ask ? Object.values(ask.columns) : [];
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

/** The clusters' worker: what is asked comes back as changes to what is drawn. */
export class Clusters {
  #worker = new Worker(new URL('./cluster-worker.ts', import.meta.url), { type: 'module' });
  #opening = new Map<number, (opened: Opened) => void>();

  constructor(ondrawn: (change: DrawnChange) => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<ClusterAnswer>) => {
      if (data.is === 'drawn') return ondrawn(data);
      this.#opening.get(data.key)?.(data);
      this.#opening.delete(data.key);
    });
  }

  ask(ask: ClusterAsk): void {
    this.#worker.postMessage(ask, arraysOf(ask));
  }

  /** What is in a cluster, and where it falls apart. */
  open(key: number): Promise<Opened> {
    return new Promise((resolve) => {
      this.#opening.set(key, resolve);
      this.ask({ do: 'open', key });
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}
