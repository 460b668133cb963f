import type { Database, Lease, Result } from './database.ts';
import { lost, PgliteProcess } from './pglite-process.ts';
import { Turns } from './turns.ts';

const REOPEN_PAUSE_MS = 2_000;

export interface PgliteOptions {
  /** The folder of the database; it exists. */
  folder: string;
  /** Longest a query may run, in ms. */
  deadlineMs: number;
  log: (line: string) => void;
}

/** PGlite in a worker thread. When a query hangs or the thread dies, it is ended and the database reopened by itself. */
export class PgliteDatabase implements Database {
  readonly kind = 'pglite';
  private readonly options: PgliteOptions;
  private readonly turns = new Turns();
  private readonly listeners = new Map<string, ((payload: string) => void)[]>();
  private readonly reopened: (() => void)[] = [];
  private process: Promise<PgliteProcess>;
  private closing = false;

  private constructor(options: PgliteOptions, process: PgliteProcess) {
    this.options = options;
    this.process = Promise.resolve(process);
    void this.watch(process);
  }

  static async open(options: PgliteOptions): Promise<PgliteDatabase> {
    let heard = (_channel: string, _payload: string) => {};
    const process = await PgliteProcess.open(options.folder, (channel, payload) => heard(channel, payload));
    const database = new PgliteDatabase(options, process);
    heard = (channel, payload) => database.hear(channel, payload);
    return database;
  }

  async query(sql: string, params: readonly unknown[] = []): Promise<Result> {
    const [result] = await this.alone((process) =>
      process.ask({ kind: 'query', sql, params }, this.options.deadlineMs),
    );
    return result ?? { rows: [], affected: 0 };
  }

  script(sql: string, deadlineMs = this.options.deadlineMs): Promise<Result[]> {
    return this.alone((process) => process.ask({ kind: 'script', sql }, deadlineMs));
  }

  async lease(deadlineMs = this.options.deadlineMs): Promise<Lease> {
    await this.turns.take();
    try {
      return new PgliteLease(await this.current(), deadlineMs, () => this.turns.pass());
    } catch (error) {
      this.turns.pass();
      throw error;
    }
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<void> {
    const known = this.listeners.get(channel);
    this.listeners.set(channel, [...(known ?? []), heard]);
    if (!known)
      await this.alone((process) => process.ask({ kind: 'listen', channel }, this.options.deadlineMs));
  }

  onReopen(reopened: () => void): void {
    this.reopened.push(reopened);
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.turns.take();
    const process = await this.process;
    await process.ask({ kind: 'close' }, this.options.deadlineMs).catch(() => []);
    await process.end('closed');
  }

  private async alone<T>(work: (process: PgliteProcess) => Promise<T>): Promise<T> {
    await this.turns.take();
    try {
      return await work(await this.current());
    } finally {
      this.turns.pass();
    }
  }

  /** The living process: one that is ending is waited for, and so is its successor. */
  private async current(): Promise<PgliteProcess> {
    let process = await this.process;
    while (process.isOver && !this.closing) {
      await process.ended;
      process = await this.process;
    }
    return process;
  }

  private async watch(process: PgliteProcess): Promise<void> {
    const reason = await process.ended;
    if (this.closing) return;
    this.options.log(`database: ended (${reason}); reopening`);
    this.process = this.reopen();
    this.process.catch(() => {});
  }

  private async reopen(): Promise<PgliteProcess> {
    for (;;) {
      if (this.closing) throw lost();
      try {
        const process = await PgliteProcess.open(this.options.folder, (channel, payload) =>
          this.hear(channel, payload),
        );
        void this.watch(process);
        for (const channel of this.listeners.keys())
          await process.ask({ kind: 'listen', channel }, this.options.deadlineMs);
        this.options.log('database: serving again');
        for (const reopened of this.reopened) reopened();
        return process;
      } catch (error) {
        this.options.log(
          `database: ${error instanceof Error ? error.message : 'did not reopen'}; trying again`,
        );
        await new Promise((resolve) => setTimeout(resolve, REOPEN_PAUSE_MS));
      }
    }
  }

  private hear(channel: string, payload: string): void {
    for (const heard of this.listeners.get(channel) ?? []) heard(payload);
  }
}

/** Holds PGlite's one connection. One held over the deadline is cut off, so that a stuck caller cannot stop everyone. */
class PgliteLease implements Lease {
  private readonly process: PgliteProcess;
  private readonly deadlineMs: number;
  private readonly done: () => void;
  private readonly cutOff: NodeJS.Timeout;
  private inTransaction = false;
  private released = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(process: PgliteProcess, deadlineMs: number, done: () => void) {
    this.process = process;
    this.deadlineMs = deadlineMs;
    this.done = done;
    this.cutOff = setTimeout(() => void this.release(), 2 * deadlineMs);
  }

  async query(sql: string, params: readonly unknown[] = []): Promise<Result> {
    const [result] = await this.ask(
      this.process.ask.bind(this.process, { kind: 'query', sql, params }, this.deadlineMs),
    );
    return result ?? { rows: [], affected: 0 };
  }

  async script(sql: string): Promise<Result[]> {
    if (/^\s*begin\b/i.test(sql)) this.inTransaction = true;
    const results = await this.ask(
      this.process.ask.bind(this.process, { kind: 'script', sql }, this.deadlineMs),
    );
    if (/^\s*(commit|rollback)\s*$/i.test(sql)) this.inTransaction = false;
    return results;
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    clearTimeout(this.cutOff);
    await this.last.catch(() => {});
    if (this.inTransaction)
      await this.process.ask({ kind: 'script', sql: 'rollback' }, this.deadlineMs).catch(() => {});
    this.done();
  }

  private ask(send: () => Promise<Result[]>): Promise<Result[]> {
    if (this.released) return Promise.reject(lost());
    const answer = send();
    this.last = answer;
    return answer;
  }
}
