import * as v from 'valibot';
import { ApiError } from '../core/api-error.ts';
import type { NoticeCard } from '../core/notice.ts';
import { ask } from './ask.ts';
import { rest } from './client.ts';
import { notices } from './schemas.ts';

/** Most notices one list shows. */
const most = 50;
/** Notices of one burst are read with one request, in milliseconds. */
const burst = 400;

/** The newest notices of this person's office, kept while the page lives. Without an answer the last ones stay. */
export class Notices {
  #all = $state.raw<NoticeCard[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Newest first. */
  get all(): NoticeCard[] {
    return this.#all;
  }

  /** Something may have been told: reads them again in a moment. */
  hear = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#quietly(() => this.#load()), burst);
  };

  /** Everything shown has been read, on every device of this person. */
  markRead = (): void => {
    if (!this.#all.some(({ unread }) => unread)) return;
    const upto = Math.max(...this.#all.map(({ id }) => id));
    this.#all = this.#all.map((notice) => ({ ...notice, unread: false }));
    void this.#quietly(() => ask(v.unknown(), rest.rpc('read_notices', { upto })));
  };

  async #load(): Promise<void> {
    const newest = rest.from('notice_cards').select('*').order('at', { ascending: false });
    this.#all = await ask(notices, newest.order('id', { ascending: false }).limit(most));
  }

  async #quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
