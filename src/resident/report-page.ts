import { ApiError } from '../core/api-error.ts';
import type { Fate, Kept } from '../core/outbox.ts';
import { openCourtyard } from '../data/resident.ts';
import { ask } from '../data/resident-wire.ts';
import type { Receipt } from '../data/resident.ts';
import { boardView, noticesView } from './board.ts';
import { Delivery } from './delivery.ts';
import type { Child } from './dom.ts';
import { Frame, hangPlaque } from './frame.ts';
import { closePin } from './pin.ts';
import { phoneMark } from './memory.ts';
import { prepareProof } from './proving.ts';
import { ReportForm, typedFields } from './report-form.ts';
import { reportScreen } from './report-screen.ts';
import { keptScreen, plainReceipt } from './kept-screen.ts';
import { kit } from './kit.ts';
import type { ReceiptView, receiptScreen } from './receipt-screen.ts';
import { mine, shutScreen, uploadLine } from './shared-screens.ts';
import { stay } from './stay.ts';

type Screen =
  | { kind: 'opening' }
  | { kind: 'shut'; error: ApiError }
  | { kind: 'report'; form: ReportForm }
  | { kind: 'kept'; kept: Kept; survives: boolean }
  | ({ kind: 'receipt'; paint: typeof receiptScreen | null } & ReceiptView);

/** `/c/<code>`: the courtyard's page, from the form to the receipt. */
export class ReportPage {
  private screen: Screen = { kind: 'opening' };
  private readonly frame = new Frame(() => this.view());
  private readonly delivery = new Delivery(this.frame.draw, (fate) => void this.settled(fate));

  private readonly code = decodeURIComponent(location.pathname.split('/')[2] ?? '');

  /** Opens the yard the address names. `inlined`: what the server wrote into the page about it; empty: it is asked for. */
  async open(inlined: string): Promise<void> {
    const { code } = this;
    try {
      const opened = await openCourtyard(code, inlined);
      const { name, address, community, street } = opened.courtyard;
      hangPlaque(name, address, `${community} · ${street}`);
      const form = new ReportForm(code, opened, this.frame.draw);
      this.show({ kind: 'report', form });
      if ('SpeechRecognition' in window) await this.offerVoice(form);
    } catch (cause) {
      this.show({ kind: 'shut', error: cause instanceof ApiError ? cause : new ApiError(0, 'unknown') });
    }
  }

  private async offerVoice(form: ReportForm): Promise<void> {
    const heard = () => {
      void this.frame.draw();
      form.lookAround(this.frame.draw, () => void this.submit(form));
    };
    form.voice = await import('./voice.ts')
      .then(({ findVoice }) => findVoice(kit, form, heard))
      .catch(() => null);
    if (form.voice) void this.frame.draw();
  }

  start(): void {
    // Fetched while one types, so that a photo can be added where the network ends.
    const begin = () => {
      for (const late of [import('./photo-file.ts'), import('./receipt-screen.ts')])
        late.catch(() => undefined);
      prepareProof(this.code, phoneMark());
    };
    addEventListener('input', begin, { once: true });
    this.countScan();
    this.delivery.start();
    stay(
      '/c/',
      (courtyard) => void this.freshen(courtyard),
      () => void this.delivery.flush(),
    );
  }

  /** Tells the street that the poster was used: once a visit, and nothing of who used it. */
  private countScan(): void {
    if (this.screen.kind !== 'report' || history.state === 'counted') return;
    history.replaceState('counted', '');
    void ask('count_scan', { code: this.code }).catch(() => undefined);
  }

  /** The phone showed what it had kept of this yard, and has now heard how it is. */
  private async freshen(courtyard: string): Promise<void> {
    if (this.screen.kind !== 'report') return;
    const { form } = this.screen;
    try {
      form.opened = await openCourtyard(form.code, courtyard);
      void this.frame.draw();
    } catch {
      // A code that is no longer good stops nobody who is writing: the words stay, and sending says why.
      if (!form.begun) await this.open(courtyard);
    }
  }

  private show(screen: Screen): void {
    closePin();
    this.screen = screen;
    void this.frame.enter();
  }

  /** Keeps the report, then sends it: whatever the network does, it is not lost and not doubled. */
  private async submit(form: ReportForm): Promise<void> {
    if (form.sending || form.tray.working) return;
    if (!form.check()) return this.point(form);
    form.sending = true;
    void this.frame.draw();
    const kept = form.kept();
    const survives = await this.delivery.keep(kept);
    if (!navigator.onLine) this.show({ kind: 'kept', kept, survives });
    const waits = await this.delivery.send(kept);
    form.sending = false;
    if (waits && this.screen.kind === 'report') this.show({ kind: 'kept', kept, survives });
    void this.frame.draw();
  }

  /** Shows what became of the report this page is about; others settle silently. */
  private async settled(fate: Fate<Receipt>): Promise<void> {
    const { screen } = this;
    const { key } = fate.kept;
    const shown =
      screen.kind === 'kept' ? screen.kept.key : screen.kind === 'report' ? screen.form.draft.key : '';
    if (shown !== key || fate.kind === 'waiting') return;
    if (fate.kind === 'arrived') {
      const paint = await import('./receipt-screen.ts').then((late) => late.receiptScreen).catch(() => null);
      return this.show({ kind: 'receipt', paint, receipt: fate.receipt, key, copied: false });
    }
    if (screen.kind === 'kept') await this.open('');
    if (this.screen.kind !== 'report') return;
    this.screen.form.refused(fate.error);
    await this.point(this.screen.form);
  }

  /** Leads eye and focus to what has to be corrected. */
  private async point(form: ReportForm): Promise<void> {
    await this.frame.draw();
    const field = typedFields.find((id) => form.faults[id]);
    if (field) document.getElementById(field)?.focus();
    else document.querySelector('form > .error')?.scrollIntoView();
  }

  private view(): Child {
    const { screen, delivery } = this;
    const { draw } = this.frame;
    switch (screen.kind) {
      case 'opening':
        return null;
      case 'shut':
        return [shutScreen(screen.error, () => void this.open('')), mine(delivery)];
      case 'report':
        return [
          noticesView(screen.form.opened),
          reportScreen(screen.form, draw, () => void this.submit(screen.form)),
          mine(delivery),
          boardView(screen.form.opened),
        ];
      case 'kept':
        return [keptScreen(screen.kept, screen.survives, delivery.busy, () => void delivery.flush())];
      case 'receipt': {
        const { paint, key, receipt } = screen;
        const upload = uploadLine(delivery.upload, key);
        if (!paint) return [plainReceipt(receipt.number, key), upload];
        return paint(
          kit,
          screen,
          upload,
          () => void draw(),
          () => void this.open(''),
        );
      }
    }
  }
}
