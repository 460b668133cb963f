import { ApiError } from '../core/api-error.ts';
import { isOpen, issueStates } from '../core/issue-state.ts';
import { answerIssue, trackIssue } from '../data/resident.ts';
import type { Answer, Story } from '../data/resident.ts';

/** Milliseconds between two looks while the page is seen. */
const pace = 20_000;

/** One report being followed: looks again while somebody watches and it is not over, and carries the answer. */
export class Track {
  readonly key: string;
  story: Story | null = null;
  /** Milliseconds; when `story` was true. */
  seenAt = 0;
  /** The last look failed, so what is shown may be old. */
  stale = false;
  choice: Answer | null = null;
  words = '';
  sending = false;
  /** Why the answer did not go through; its words are kept. */
  refusal: ApiError | 'choose' | null = null;
  /** The resident has just answered on this page. */
  answered = false;

  private changed: () => void;
  private timer = 0;

  constructor(key: string, changed: () => void) {
    this.key = key;
    this.changed = changed;
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
    this.refusal = null;
  }

  async answer(): Promise<void> {
    if (!this.story || this.sending) return;
    if (!this.choice) {
      this.refusal = 'choose';
      this.changed();
      return;
    }
    this.sending = true;
    this.refusal = null;
    this.changed();
    try {
      this.take(await this.send(this.choice));
      this.answered = true;
      this.words = '';
    } catch (cause) {
      this.refusal = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
    }
    this.sending = false;
    this.changed();
  }

  /** When somebody was quicker but nothing the resident can see has changed, the answer is sent again on the new version. */
  private async send(choice: Answer): Promise<Story> {
    const seen = this.story;
    try {
      return await answerIssue(this.key, seen?.version ?? 0, choice, this.words);
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.status !== 409) throw cause;
      const now = await trackIssue(this.key);
      this.take(now);
      if (!now.canAnswer || now.steps.length !== seen?.steps.length) throw cause;
      return answerIssue(this.key, now.version, choice, this.words);
    }
  }

  private get over(): boolean {
    const state = issueStates.find((one) => one === this.story?.state);
    return state !== undefined && !isOpen(state);
  }

  private take(story: Story): void {
    this.story = story;
    this.seenAt = Date.now();
    this.stale = false;
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
