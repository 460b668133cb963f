import { ApiError, isRecord } from '../core/api-error.ts';
import { Outbox, retryDelay } from '../core/outbox.ts';
import type { Fate, Kept } from '../core/outbox.ts';
import { readReceipt } from '../data/resident.ts';
import { home } from '../data/resident-wire.ts';
import type { Receipt } from '../data/resident.ts';
import { dropHeard, putHome, readHeardRaw } from './box-store.ts';
import { outboxShelf, phoneMark, readDraft, rememberSent, sentReports, writeDraft } from './memory.ts';
import { sendProved } from './proving.ts';
import { readKept } from './read-kept.ts';
import { sendLater } from './stay.ts';
import { Upload } from './upload.ts';

/** Brings reports and photos to the server: at once, when the network is back, when the page is seen again, and in between. */
export class Delivery {
  upload: Upload | null = null;
  /** Something is on its way. */
  busy = false;

  private readonly outbox = new Outbox<Receipt>(outboxShelf, (kept) => sendProved(kept, phoneMark()));
  private readonly changed: () => void;
  private readonly settled: (fate: Fate<Receipt>) => void;
  private tries = 0;
  private retry = 0;

  /** `changed`: there is something new to draw. `settled`: what became of a report that was sent. */
  constructor(changed: () => void, settled: (fate: Fate<Receipt>) => void) {
    this.changed = changed;
    this.settled = settled;
  }

  get waiting(): readonly Kept[] {
    return this.outbox.all;
  }

  /** Sends on what earlier visits left, and from now on whenever there is hope. */
  start(): void {
    const go = () => {
      if (!document.hidden) void this.flush();
      if (this.upload?.state === 'failed') void this.upload.run();
    };
    addEventListener('online', go);
    document.addEventListener('visibilitychange', go);
    const unfinished = sentReports().find((sent) => sent.uploads.length > 0);
    if (unfinished) this.startUpload(new Upload(unfinished, this.changed));
    go();
  }

  /** Keeps a report. False when it will not survive the page. */
  async keep(kept: Kept): Promise<boolean> {
    const survives = await this.outbox.keep(kept);
    if (!survives) return false;
    // The service worker sends it when this page is closed, perhaps at once: it has to know where to.
    await putHome({ ...home(), device: phoneMark() }).then(
      () => void sendLater(),
      () => undefined,
    );
    return true;
  }

  /** Looks at what the service worker has sent meanwhile, then sends all that waits. */
  async flush(): Promise<void> {
    await this.outbox.load();
    await this.hear();
    if (this.waiting.length === 0) return this.changed();
    this.busy = true;
    this.changed();
    const fates = await this.outbox.flush();
    this.busy = false;
    for (const fate of fates) this.settle(fate);
    this.changed();
  }

  /** Sends one report that was kept. True when it has to wait for a better network. */
  async send(kept: Kept): Promise<boolean> {
    const fate = await this.outbox.deliver(kept);
    this.settle(fate);
    return fate.kind === 'waiting';
  }

  /** What the service worker heard of the reports it sent while nobody looked. */
  private async hear(): Promise<void> {
    const heard: unknown[] = await readHeardRaw().catch(() => []);
    for (const one of heard.filter(isRecord)) {
      const kept = readKept(isRecord(one['kept']) ? one['kept'] : {});
      const { receipt, error } = one;
      if (isRecord(error)) {
        const detail = isRecord(error['detail']) ? error['detail'] : {};
        const refusal = new ApiError(Number(error['status']), String(error['code']), detail);
        this.settle({ kind: 'refused', kept, error: refusal });
      } else this.settle({ kind: 'arrived', kept, receipt: readReceipt(receipt) });
      await dropHeard(kept.key);
    }
  }

  private settle(fate: Fate<Receipt>): void {
    clearTimeout(this.retry);
    this.tries = fate.kind === 'waiting' ? this.tries + 1 : 0;
    if (this.waiting.length > 0)
      this.retry = window.setTimeout(() => void this.flush(), retryDelay(this.tries));
    if (fate.kind === 'arrived') this.arrived(fate.kept, fate.receipt);
    if (fate.kind === 'refused') returnToDraft(fate.kept);
    this.settled(fate);
  }

  private arrived({ key, code, at, body }: Kept, { number, courtyard, photos }: Receipt): void {
    if (sentReports().some((other) => other.key === key)) return;
    const sent = { key, number, courtyard, what: body.what, at, uploads: photos };
    rememberSent(sent);
    if (readDraft(code)?.key === key) writeDraft(code, null);
    if (photos.length > 0) this.startUpload(new Upload(sent, this.changed));
  }

  private startUpload(upload: Upload): void {
    this.upload = upload;
    void upload.run();
  }
}

/** What the server refused becomes a draft again, unless its writer has begun another since. */
function returnToDraft({ key, code, body }: Kept): void {
  if (readDraft(code)) return;
  const { what, name, address, category, lng, lat, helper, joins } = body;
  const point: [number, number] | null = lng !== null && lat !== null ? [lng, lat] : null;
  writeDraft(code, {
    key,
    what,
    place: body.place ?? '',
    name,
    address,
    phone: body.phone ?? '',
    helper,
    joins,
    category,
    point,
  });
}
