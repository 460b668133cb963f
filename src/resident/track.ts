import { ApiError } from '../core/api-error.ts';
import { isOpen, issueStates } from '../core/issue-state.ts';
import { gotThrough, underWay } from '../core/story.ts';
import type { Act, Story } from '../core/story.ts';
import { replyTo, trackIssue } from '../data/resident.ts';
import type { Answer, Reply } from '../data/resident.ts';

/** Milliseconds between two looks while the page is seen. */
const pace = 20_000;
/** Characters of what a resident adds. */
export const wordsMax = 500;

/** What is being written for one act; it stays until it has got through. */
export interface Draft {
  words: string;
  /** Why it did not go through. */
  refusal: ApiError | 'choose' | 'missing' | 'long' | null;
}

const blank = (): Draft => ({ words: '', refusal: null });

/** One report being followed: looks again while somebody watches and it is not over, and carries what its resident says. */
export class Track {
  readonly key: string;
  story: Story | null = null;
  /** Milliseconds; when `story` was true. */
  seenAt = 0;
  /** The last look failed, so what is shown may be old. */
  stale = false;
  choice: Answer | null = null;
  readonly drafts: Readonly<Record<Act, Draft>> = { answer: blank(), reopen: blank(), withdraw: blank() };
  sending: Act | null = null;
  /** What the resident has just done on this page. */
  done: Act | null = null;

  private changed: () => void;
  private arrived: () => void;
  private timer = 0;

  /** `changed`: something else is to be shown. `arrived`: what the resident did has got through. */
  constructor(key: string, changed: () => void, arrived: () => void) {
    this.key = key;
    this.changed = changed;
    this.arrived = arrived;
  }

  /** The first look; throws an ApiError when there is nothing to show. */
  async open(): Promise<void> {
    this.take(await trackIssue(this.key));
    document.addEventListener('visibilitychange', this.look);
    addEventListener('focus', this.look);
    addEventListener('online', this.look);
    this.schedule();
  }

  choose(choice: Answer): void {
    this.choice = choice;
    this.drafts.answer.refusal = null;
  }

  async act(act: Act): Promise<void> {
    if (!this.story || this.sending) return;
    const draft = this.drafts[act];
    const reply = this.reply(act);
    if (typeof reply === 'string') {
      draft.refusal = reply;
      this.changed();
      return;
    }
    this.sending = act;
    draft.refusal = null;
    this.changed();
    try {
      this.take(await this.send(reply));
      this.finish(act);
    } catch (cause) {
      draft.refusal = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
    }
    this.sending = null;
    if (this.done === act) {
      this.arrived();
      this.schedule();
    } else this.changed();
  }

  /** What is to be sent, or what is still missing. */
  private reply(act: Act): Reply | 'choose' | 'missing' | 'long' {
    const { words } = this.drafts[act];
    if ([...words].length > wordsMax) return 'long';
    if (act === 'answer') return this.choice ? { act, answer: this.choice, words } : 'choose';
    return act === 'reopen' && !words.trim() ? 'missing' : { act, words };
  }

  /** When somebody was quicker but nothing the resident can see has changed, it is sent again on the new version. */
  private async send(reply: Reply): Promise<Story> {
    const seen = this.story;
    try {
      return await replyTo(this.key, seen?.version ?? 0, reply);
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.status !== 409) throw cause;
      const now = await trackIssue(this.key);
      if (seen && gotThrough(seen, now, reply.act)) return now;
      this.take(now);
      if (!now.can.includes(reply.act) || now.steps.length !== seen?.steps.length) throw cause;
      return replyTo(this.key, now.version, reply);
    }
  }

  private finish(act: Act): void {
    this.done = act;
    Object.assign(this.drafts[act], blank());
    this.choice = null;
  }

  private get over(): boolean {
    const state = issueStates.find((one) => this.story && one === underWay(this.story).state);
    return state !== undefined && !isOpen(state);
  }

  private take(story: Story): void {
    const seen = this.story;
    this.story = story;
    this.seenAt = Date.now();
    this.stale = false;
    // Asked anew: what was said before is history.
    if (this.done && story.can.includes(this.done)) this.done = null;
    for (const act of ['answer', 'reopen', 'withdraw'] as const)
      if (seen && this.drafts[act].refusal && gotThrough(seen, story, act)) this.finish(act);
  }

  /** Looks again after something else was done to the report. */
  async again(): Promise<void> {
    await this.refresh();
    this.changed();
  }

  private async refresh(): Promise<void> {
    try {
      this.take(await trackIssue(this.key));
    } catch {
      this.stale = true;
    }
  }

  private readonly look = async (): Promise<void> => {
    if (document.hidden || this.sending) return;
    await this.refresh();
    this.changed();
    this.schedule();
  };

  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.over) this.timer = window.setTimeout(this.look, pace);
  }
}
