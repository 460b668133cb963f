import { Worker } from 'node:worker_threads';
import { DatabaseError, deadlinePassed, type Result } from './database.ts';
import type { Reply, Request } from './worker-messages.ts';

const OPENING_MS = 60_000;

/** A request as its sender writes it; the process numbers it. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

interface Pending {
  resolve: (results: Result[]) => void;
  reject: (error: DatabaseError) => void;
  timer: NodeJS.Timeout;
}

/**
 * One life of the worker thread that runs PGlite. It answers requests in order; when it dies, or a request passes its
 * deadline, it is ended for good and `ended` tells why. Ending it is as harmless as `kill -9`: what was acknowledged is on disk.
 */
export class PgliteProcess {
  /** Resolves with the reason when it ended. */
  readonly ended: Promise<string>;
  private readonly worker: Worker;
  private readonly send: (request: Request) => void;
  private readonly ready: Promise<undefined>;
  private readonly pending = new Map<number, Pending>();
  private next = 1;
  private finish: (reason: string) => void = () => {};
  private over = false;

  private constructor(folder: string, heard: (channel: string, payload: string) => void) {
    this.ended = new Promise((resolve) => (this.finish = resolve));
    this.worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), {
      workerData: folder,
      execArgv: [],
    });
    this.send = this.worker.postMessage.bind(this.worker);
    this.worker.on('error', (error) => void this.end(error instanceof Error ? error.message : String(error)));
    this.worker.on('exit', () => void this.end('the database thread ended'));
    this.ready = new Promise((resolve) => {
      this.worker.on('message', (reply: Reply) => {
        if (reply.kind === 'ready') resolve(undefined);
        else if (reply.kind === 'notification') heard(reply.channel, reply.payload);
        else this.settle(reply);
      });
    });
  }

  /** Opens the folder; rejects when that fails or takes over a minute. */
  static async open(
    folder: string,
    heard: (channel: string, payload: string) => void,
  ): Promise<PgliteProcess> {
    const process = new PgliteProcess(folder, heard);
    const timer = setTimeout(() => void process.end('opening took too long'), OPENING_MS);
    const reason = await Promise.race([process.ready, process.ended]);
    clearTimeout(timer);
    if (reason === undefined) return process;
    throw new DatabaseError({ code: '08006', message: `the database did not open: ${reason}` });
  }

  get isOver(): boolean {
    return this.over;
  }

  /** Sends one request and waits for its answer, at most `deadlineMs`. */
  ask(request: Asked, deadlineMs: number): Promise<Result[]> {
    if (this.over) return Promise.reject(lost());
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(deadlinePassed());
        void this.end(`a query ran for over ${deadlineMs} ms`);
      }, deadlineMs);
      this.pending.set(id, { resolve, reject, timer });
      this.send({ ...request, id });
    });
  }

  async end(reason: string): Promise<void> {
    if (this.over) return;
    this.over = true;
    await this.worker.terminate();
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(lost());
    }
    this.pending.clear();
    this.finish(reason);
  }

  private settle(reply: Extract<Reply, { id: number }>): void {
    const asked = this.pending.get(reply.id);
    if (!asked) return;
    this.pending.delete(reply.id);
    clearTimeout(asked.timer);
    if (reply.kind === 'result') return asked.resolve(reply.results);
    asked.reject(new DatabaseError(reply.error));
    if (isFatal(reply.error.code)) void this.end(reply.error.message);
  }
}

/**
 * After a full disk (53100), an error of the disk or of PGlite itself (58…) or damaged data (XX001, XX002) PGlite is not to be
 * trusted: it is reopened. Other internal errors (XX000) are PostGIS's word for bad input.
 */
function isFatal(code: string): boolean {
  return code === '53100' || code.startsWith('58') || code === 'XX001' || code === 'XX002';
}

export function lost(): DatabaseError {
  return new DatabaseError({ code: '08006', message: 'connection_lost', hint: 'Try again in a moment.' });
}
