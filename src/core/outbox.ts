import { ApiError } from './api-error.ts';

/** What a report carries to `report_issue`, beside the courtyard's code and the key. */
export interface ReportBody {
  readonly what: string;
  readonly place: string | null;
  readonly name: string;
  readonly address: string;
  readonly phone: string | null;
  readonly category: string | null;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly photos: number;
  /** Who wrote it, where that is not whom it is about. */
  readonly helper: string | null;
  /** The number of a neighbour's report of the same matter, to follow that one. */
  readonly joins: string | null;
  readonly lang: 'zh' | 'zh-Hant' | 'en';
}

/** A report on its way. Its key makes it exactly once at the server, however often it is sent. */
export interface Kept {
  readonly key: string;
  readonly code: string;
  readonly courtyard: string;
  /** Milliseconds. */
  readonly at: number;
  readonly body: ReportBody;
}

export type Fate<Receipt> =
  | { readonly kind: 'arrived'; readonly kept: Kept; readonly receipt: Receipt }
  /** The server said no to what was sent: it leaves the box and goes back to its writer. */
  | { readonly kind: 'refused'; readonly kept: Kept; readonly error: ApiError }
  /** No answer, or none that is final: it stays and is sent again, unchanged. */
  | { readonly kind: 'waiting'; readonly kept: Kept; readonly error: ApiError };

/** Where the box is kept between visits; a service worker may take out of it what it has sent meanwhile. */
export interface Shelf {
  read(): Promise<readonly Kept[]>;
  /** Tells whether the report will survive the page. */
  put(kept: Kept): Promise<boolean>;
  drop(key: string): Promise<void>;
}

/** Reports that have been submitted and not yet acknowledged, oldest first, each sent until the server has answered. */
export class Outbox<Receipt> {
  private shelf: Shelf;
  private send: (kept: Kept) => Promise<Receipt>;
  private sending = new Map<string, Promise<Fate<Receipt>>>();
  private box: readonly Kept[] = [];
  /** Keys of reports the shelf had no room for: they live as long as this page. */
  private loose = new Set<string>();

  constructor(shelf: Shelf, send: (kept: Kept) => Promise<Receipt>) {
    this.shelf = shelf;
    this.send = send;
  }

  /** As last looked at. */
  get all(): readonly Kept[] {
    return this.box;
  }

  /** Looks at the shelf, which others may have changed. */
  async load(): Promise<void> {
    const shelved = await this.shelf.read();
    this.box = [...shelved, ...this.box.filter(({ key }) => this.loose.has(key))].sort((a, b) => a.at - b.at);
  }

  /** Keeps a report. False when it will not survive the page: then only this window can send it. */
  async keep(kept: Kept): Promise<boolean> {
    this.box = [...this.box.filter(({ key }) => key !== kept.key), kept];
    const shelved = await this.shelf.put(kept);
    if (!shelved) this.loose.add(kept.key);
    return shelved;
  }

  /** Sends one report; asked twice while on its way, it is sent once. */
  deliver(kept: Kept): Promise<Fate<Receipt>> {
    const under = this.sending.get(kept.key);
    if (under) return under;
    const attempt = this.attempt(kept).finally(() => this.sending.delete(kept.key));
    this.sending.set(kept.key, attempt);
    return attempt;
  }

  /** Sends all that waits, one after the other; stops at the first that cannot get through. */
  async flush(): Promise<readonly Fate<Receipt>[]> {
    const fates: Fate<Receipt>[] = [];
    for (const kept of this.box) {
      const fate = await this.deliver(kept);
      fates.push(fate);
      if (fate.kind === 'waiting') break;
    }
    return fates;
  }

  /** Takes a report out: it has arrived, or it is its writer's again. */
  async drop(key: string): Promise<void> {
    this.box = this.box.filter((other) => other.key !== key);
    this.loose.delete(key);
    await this.shelf.drop(key);
  }

  private async attempt(kept: Kept): Promise<Fate<Receipt>> {
    try {
      const receipt = await this.send(kept);
      await this.drop(kept.key);
      return { kind: 'arrived', kept, receipt };
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
      if (error.passing) return { kind: 'waiting', kept, error };
      await this.drop(kept.key);
      return { kind: 'refused', kept, error };
    }
  }
}

/** Milliseconds to wait before the next attempt after `tries` failed ones: 5 s, 10 s, 20 s … up to 5 min. */
export function retryDelay(tries: number): number {
  return Math.min(300_000, 5000 * 2 ** Math.max(0, tries - 1));
}
