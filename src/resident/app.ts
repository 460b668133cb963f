import { html, nothing, render } from 'lit-html';
import { ApiError } from '../core/api-error.ts';
import { Outbox, retryDelay } from '../core/outbox.ts';
import type { Fate, Kept } from '../core/outbox.ts';
import { openCourtyard, reportIssue } from '../data/resident.ts';
import type { Receipt } from '../data/resident.ts';
import { currentSize, setSize } from '../ui/display.ts';
import { outboxShelf, readDraft, rememberSent, sentReports, writeDraft } from './memory.ts';
import { homeScreen, keptScreen, mine, shutScreen } from './other-screens.ts';
import { ReportForm, typedFields } from './report-form.ts';
import { reportScreen } from './report-screen.ts';
import { receiptScreen } from './receipt-screen.ts';
import { closePin } from './pin.ts';
import { hangPlaque } from './plaque.ts';
import { Track } from './track.ts';
import { trackScreen } from './track-screen.ts';
import { Upload } from './upload.ts';
import { currentLanguage, speak, t } from './words.ts';
import type { View } from './parts.ts';

type Screen =
  | { kind: 'opening' }
  | { kind: 'home' }
  | { kind: 'shut'; error: ApiError }
  | { kind: 'report'; form: ReportForm }
  | { kind: 'kept'; kept: Kept; survives: boolean; trying: boolean }
  | { kind: 'receipt'; receipt: Receipt; key: string; copied: boolean }
  | { kind: 'track'; track: Track };

/** The resident's page: which screen is shown, and what goes on behind it. */
export class App {
  screen: Screen = { kind: 'opening' };
  upload: Upload | null = null;

  private readonly outbox = new Outbox<Receipt>(outboxShelf, reportIssue);
  private drawing: Promise<void> | null = null;
  private tries = 0;
  private retry = 0;

  get waiting(): readonly Kept[] {
    return this.outbox.all;
  }

  /** Opens what the address names, and sends on what an earlier visit left. */
  async start(): Promise<void> {
    addEventListener('online', () => void this.flush());
    addEventListener('popstate', () => void this.open(''));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.flush();
    });
    document.addEventListener('click', this.follow);
    await this.open(document.getElementById('courtyard')?.textContent ?? '');
    void this.flush();
    const unfinished = sentReports().find((sent) => sent.uploads.length > 0);
    if (unfinished) this.startUpload(new Upload(unfinished, unfinished.uploads.length, this.draw));
  }

  /** Shows what the address names. `inlined`: what the server wrote into the page about the courtyard. */
  async open(inlined: string): Promise<void> {
    if (this.screen.kind === 'track') this.screen.track.close();
    const [, room = '', name = ''] = location.pathname.split('/');
    try {
      if (room === 't') {
        const track = new Track(name, this.draw);
        await track.open();
        if (track.story) hangPlaque(track.story.courtyard);
        this.show({ kind: 'track', track });
      } else if (room === 'c') {
        const opened = await openCourtyard(decodeURIComponent(name), inlined);
        hangPlaque(opened.courtyard.name, opened.courtyard);
        this.show({ kind: 'report', form: new ReportForm(name, opened, this.draw) });
      } else this.show({ kind: 'home' });
    } catch (cause) {
      this.show({ kind: 'shut', error: cause instanceof ApiError ? cause : new ApiError(0, 'unknown') });
    }
  }

  show(screen: Screen): void {
    if (this.screen.kind === 'report') closePin();
    const first = this.screen.kind === 'opening';
    this.screen = screen;
    void this.draw().then(() => {
      if (first) return;
      scrollTo(0, 0);
      document.getElementById('heading')?.focus();
    });
  }

  /** Draws once for all that changed in this turn. */
  readonly draw = (): Promise<void> => {
    this.drawing ??= Promise.resolve().then(() => {
      this.drawing = null;
      this.paint();
    });
    return this.drawing;
  };

  /** Keeps the report, then sends it; whatever the network does, it is never lost and never doubled. */
  async submit(form: ReportForm): Promise<void> {
    if (form.sending || form.tray.working) return;
    if (!form.check()) {
      await this.draw();
      document.getElementById(typedFields.find((field) => form.faults[field]) ?? '')?.focus();
      return;
    }
    const kept = form.kept();
    const survives = this.outbox.keep(kept);
    form.sending = true;
    void this.draw();
    if (!navigator.onLine) this.show({ kind: 'kept', kept, survives, trying: false });
    const fate = await this.outbox.deliver(kept);
    form.sending = false;
    if (fate.kind === 'waiting') this.show({ kind: 'kept', kept, survives, trying: false });
    this.settle(fate);
  }

  /** Sends what waits; asks again by itself, at growing distances, while the page is open. */
  async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const { screen } = this;
    if (screen.kind === 'kept') screen.trying = true;
    void this.draw();
    const fates = await this.outbox.flush();
    if (screen.kind === 'kept') screen.trying = false;
    for (const fate of fates) this.settle(fate);
    void this.draw();
  }

  another(): void {
    void this.open('');
  }

  copied(): void {
    if (this.screen.kind === 'receipt') this.screen.copied = true;
    void this.draw();
  }

  private settle(fate: Fate<Receipt>): void {
    const { kept } = fate;
    const { screen } = this;
    const here =
      (screen.kind === 'kept' && screen.kept.key === kept.key) ||
      (screen.kind === 'report' && screen.form.draft.key === kept.key);
    if (fate.kind === 'waiting') {
      clearTimeout(this.retry);
      this.tries += 1;
      this.retry = window.setTimeout(() => void this.flush(), retryDelay(this.tries));
      return;
    }
    this.tries = 0;
    if (fate.kind === 'arrived') this.arrived(kept, fate.receipt, here);
    else void this.refused(kept, fate.error, here);
  }

  private arrived(kept: Kept, receipt: Receipt, here: boolean): void {
    const { number, courtyard, photos } = receipt;
    const sent = { key: kept.key, number, courtyard, what: kept.body.what, at: kept.at, uploads: photos };
    if (sentReports().some((other) => other.key === kept.key)) return;
    rememberSent(sent);
    if (readDraft(kept.code)?.key === kept.key) writeDraft(kept.code, null);
    if (photos.length > 0) this.startUpload(new Upload(sent, photos.length, this.draw));
    if (here) this.show({ kind: 'receipt', receipt, key: kept.key, copied: false });
  }

  /** What was refused goes back into its form, with everything that was written. */
  private async refused(kept: Kept, error: ApiError, here: boolean): Promise<void> {
    const { what, place, name, address, phone, category, lng, lat } = kept.body;
    const point: [number, number] | null = lng !== null && lat !== null ? [lng, lat] : null;
    if (!readDraft(kept.code)?.what)
      writeDraft(kept.code, {
        key: kept.key,
        what,
        place: place ?? '',
        name,
        address,
        phone: phone ?? '',
        category,
        point,
      });
    if (!here) return;
    if (this.screen.kind === 'kept') await this.open('');
    if (this.screen.kind !== 'report') return;
    const { form } = this.screen;
    form.refused(error);
    await this.draw();
    const field = typedFields.find((one) => form.faults[one]);
    (field ? document.getElementById(field) : document.querySelector('.notice.error'))?.scrollIntoView();
    if (field) document.getElementById(field)?.focus();
  }

  private startUpload(upload: Upload): void {
    this.upload = upload;
    addEventListener('online', () => {
      if (upload.state === 'failed') void upload.run();
    });
    void upload.run();
  }

  /** Links inside the page change the screen without loading anything. */
  private readonly follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.origin !== location.origin || !/^\/[tc]\//.test(link.pathname)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    void this.open('');
  };

  private view(): View {
    const { screen } = this;
    switch (screen.kind) {
      case 'opening':
        return nothing;
      case 'home':
        return homeScreen();
      case 'shut':
        return shutScreen(screen.error, () => void this.open(''));
      case 'report':
        return reportScreen(this, screen.form);
      case 'kept':
        return keptScreen(this, screen.kept, screen.survives, screen.trying);
      case 'receipt':
        return receiptScreen(this, screen.receipt, screen.key, screen.copied);
      case 'track':
        return trackScreen(this, screen.track);
    }
  }

  private paint(): void {
    const large = currentSize() === 'large';
    const other = currentLanguage() === 'zh' ? 'en' : 'zh';
    const tools = document.getElementById('tools');
    const main = document.getElementById('main');
    if (!tools || !main) return;
    render(
      html`<button
          type="button"
          aria-pressed=${large ? 'true' : 'false'}
          @click=${() => {
            setSize(large ? 'normal' : 'large');
            void this.draw();
          }}
        >
          ${t(large ? 'tool.normal' : 'tool.large')}</button
        ><button type="button" lang=${other} @click=${() => void speak(other).then(this.draw)}>
          ${t('tool.language')}
        </button>`,
      tools,
    );
    if (this.screen.kind === 'opening') return;
    if (!main.dataset['live']) {
      main.dataset['live'] = 'yes';
      main.textContent = '';
    }
    render(html`${this.view()} ${mine(this)}`, main);
  }
}
