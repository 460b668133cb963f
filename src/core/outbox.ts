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
  readonly lang: 'zh' | 'en';
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

/** Where the box is kept between visits. `write` tells whether it will survive the page. */
export interface Shelf {
  read(): readonly Kept[];
  write(box: readonly Kept[]): boolean;
}

/** Reports that have been submitted and not yet acknowledged, oldest first, each sent until the server has answered. */
export class Outbox<Receipt> {
  private shelf: Shelf;
  private send: (kept: Kept) => Promise<Receipt>;
  private sending = new Map<string, Promise<Fate<Receipt>>>();
  private unshelved: readonly Kept[] | null = null;

  constructor(shelf: Shelf, send: (kept: Kept) => Promise<Receipt>) {
    this.shelf = shelf;
    this.send = send;
  }

  get all(): readonly Kept[] {
    return this.unshelved ?? this.shelf.read();
  }

  /** Keeps a report. False when it will not survive the page: then only this window can send it. */
  keep(kept: Kept): boolean {
    return this.write([...this.all.filter((other) => other.key !== kept.key), kept]);
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
    for (const kept of this.all) {
      const fate = await this.deliver(kept);
      fates.push(fate);
      if (fate.kind === 'waiting') break;
    }
    return fates;
  }

  private async attempt(kept: Kept): Promise<Fate<Receipt>> {
    try {
      const receipt = await this.send(kept);
      this.drop(kept.key);
      return { kind: 'arrived', kept, receipt };
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
      if (error.passing) return { kind: 'waiting', kept, error };
      this.drop(kept.key);
      return { kind: 'refused', kept, error };
    }
  }

  private drop(key: string): void {
    this.write(this.all.filter((other) => other.key !== key));
  }

  private write(box: readonly Kept[]): boolean {
    const shelved = this.shelf.write(box);
    this.unshelved = shelved ? null : box;
    return shelved;
  }
}

/** Milliseconds to wait before the next attempt after `tries` failed ones: 5 s, 10 s, 20 s … up to 5 min. */
export function retryDelay(tries: number): number {
  return Math.min(300_000, 5000 * 2 ** Math.max(0, tries - 1));
}
