import { ApiError } from '../core/api-error.ts';
import type { ActRequest, IssueDetail, Reporter } from '../core/issue.ts';
import { actOnIssue, markReport, readIssue, revealReporter } from '../data/issues.ts';
import type { Inbox } from './inbox.svelte.ts';

/** The issue that is open beside (or over) the list. */
export class Opened {
  #inbox: Inbox;
  #id = $state<number | null>(null);
  #detail = $state.raw<IssueDetail | null>(null);
  #error = $state.raw<ApiError | null>(null);
  #reporter = $state.raw<Reporter | null>(null);

  constructor(inbox: Inbox) {
    this.#inbox = inbox;
  }

  get id(): number | null {
    return this.#id;
  }

  /** Null while it loads. */
  get detail(): IssueDetail | null {
    return this.#detail;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** The reporter, once shown in full. */
  get reporter(): Reporter | null {
    return this.#reporter;
  }

  /** Opens an issue, or none. */
  choose(id: number | null): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#detail = null;
    this.#error = null;
    this.#reporter = null;
    if (id !== null) void this.reload();
  }

  /** Reads it again; an error stands where the issue would. */
  async reload(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#detail === null || error.code === 'issue_unknown') this.#error = error;
    }
  }

  /** Reads it again; throws ApiError and leaves what is shown. */
  refresh = async (): Promise<void> => {
    const id = this.#id;
    if (id === null) return;
    const detail = await readIssue(id);
    if (this.#id === id) this.#take(detail);
  };

  /** Moves an issue, which need not be the open one: it may have waited while another was opened. */
  act = async (id: number, request: ActRequest): Promise<void> => {
    const detail = await actOnIssue(id, request);
    this.#inbox.take(id, detail?.issue ?? null);
    if (this.#id !== id) return;
    if (detail) this.#take(detail);
    else this.#error = new ApiError(404, 'issue_unknown');
  };

  reveal = async (reason: string): Promise<Reporter | null> => {
    const id = this.#id;
    if (id === null) return null;
    const reporter = await revealReporter(id, reason);
    if (this.#id === id) this.#reporter = reporter;
    return reporter;
  };

  mark = async (marked: boolean, reason: string | null): Promise<void> => {
    if (this.#id === null) return;
    await markReport(this.#id, marked, reason);
    await this.reload();
  };

  /** Something changed elsewhere: reads it again if it is this one and newer. */
  hear(ids: number[]): void {
    if (this.#id === null || !ids.includes(this.#id)) return;
    if (this.#inbox.card(this.#id)?.version !== this.#detail?.issue.version) void this.reload();
  }

  #take(detail: IssueDetail): void {
    if (detail.issue.version < (this.#detail?.issue.version ?? 0)) return;
    this.#detail = detail;
    this.#error = null;
  }
}
