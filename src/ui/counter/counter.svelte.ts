import { ApiError } from '../../core/api-error.ts';
import {
  counterLimits,
  counterMissing,
  isBlank,
  newDraft,
  readDraft,
  type CounterForm,
  type CounterReceipt,
  type CounterReport,
  type Needed,
  type Yard,
} from '../../core/counter.ts';
import { draftSlot } from '../../core/counter-slot.ts';
import { suggestCategory, type Category } from '../../core/suggest-category.ts';

/** What the counter asks of the server. Each throws ApiError. */
export interface CounterApi {
  listYards: () => Promise<Yard[]>;
  listCategories: () => Promise<Category[]>;
  reportOnBehalf: (report: CounterReport) => Promise<CounterReceipt>;
}

/** A report as it went, and what came of it. */
export interface Slip {
  report: CounterReport;
  receipt: CounterReceipt;
  /** Words were changed after a try that had in truth arrived: what stands is the earlier report. */
  earlier: boolean;
}

/** One report being written for a resident; kept in this tab until it is sent or thrown away. */
export class Counter {
  #api: CounterApi;
  #slot: string;
  #key: string;
  #tried: CounterForm | null;
  form: CounterForm = $state(newDraft().form);
  yards = $state.raw<Yard[] | null>(null);
  categories = $state.raw<Category[]>([]);
  missing = $state.raw<readonly Needed[]>([]);
  sending = $state(false);
  failure = $state.raw<ApiError | null>(null);
  slip = $state.raw<Slip | null>(null);

  /** What the words are about. */
  suggested = $derived.by(() => suggestCategory(this.form.what, this.categories));
  category = $derived(this.categories.find(({ code }) => code === this.form.category) ?? this.suggested);
  yard = $derived(this.yards?.find(({ id }) => id === this.form.yard) ?? null);
  tooLong = $derived(Object.entries(counterLimits).some(([name, most]) => this.#length(name) > most));

  /** `person`: whose draft it is; another one at the same screen never sees it. */
  constructor(api: CounterApi, person: string) {
    this.#api = api;
    this.#slot = draftSlot(person);
    const kept = readDraft(sessionStorage.getItem(this.#slot));
    const draft = kept ?? newDraft();
    this.form = draft.form;
    this.#key = draft.key;
    this.#tried = draft.tried;
  }

  get blank(): boolean {
    return isBlank(this.form);
  }

  /** Asks for the yards and the categories; what fails can be asked again. */
  async load(): Promise<void> {
    try {
      const [yards, categories] = await Promise.all([this.#api.listYards(), this.#api.listCategories()]);
      this.yards = yards;
      this.categories = categories;
      this.failure = null;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Keeps what is written in this tab, so that a reload loses nothing. */
  keep(): void {
    const draft = JSON.stringify({ form: this.form, key: this.#key, tried: this.#tried });
    if (this.blank) sessionStorage.removeItem(this.#slot);
    else sessionStorage.setItem(this.#slot, draft);
  }

  /** An empty form with a key of its own. */
  begin(): void {
    const draft = newDraft();
    this.form = { ...draft.form, channel: this.form.channel };
    this.#key = draft.key;
    this.#tried = null;
    this.missing = [];
    this.failure = null;
    this.slip = null;
    sessionStorage.removeItem(this.#slot);
  }

  /** Sends it; the same key each time, so that it makes one report. */
  async send(): Promise<void> {
    this.missing = counterMissing(this.form);
    const { yard } = this.form;
    if (this.sending || this.missing.length > 0 || yard === null || this.tooLong) return;
    const form = { ...trimmed(this.form), category: this.category?.code ?? null };
    this.sending = true;
    this.failure = null;
    try {
      await this.#deliver({ ...form, yard });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.sending = false;
    }
  }

  async #deliver(form: Sendable): Promise<void> {
    const before = this.#tried;
    this.#tried = form;
    this.keep();
    try {
      await this.#report(form, false);
    } catch (error) {
      const yard = before?.yard ?? null;
      const arrived = error instanceof ApiError && error.code === 'key_reused';
      if (!arrived || before === null || yard === null) throw error;
      this.#tried = before;
      await this.#report({ ...before, yard }, true);
    }
  }

  async #report(form: Sendable, earlier: boolean): Promise<void> {
    const report = { ...form, key: this.#key };
    this.slip = { report, receipt: await this.#api.reportOnBehalf(report), earlier };
    sessionStorage.removeItem(this.#slot);
  }

  #fail(error: unknown): void {
    this.failure = error instanceof ApiError ? error : new ApiError(0, 'unknown');
  }

  #length(name: string): number {
    const value = Object.entries(this.form).find(([field]) => field === name)?.[1];
    return typeof value === 'string' ? value.trim().length : 0;
  }
}

type Sendable = Omit<CounterReport, 'key'>;

const trimmed = (form: CounterForm): CounterForm => ({
  ...form,
  what: form.what.trim(),
  place: form.place.trim(),
  name: form.name.trim(),
  address: form.address.trim(),
  phone: form.phone.trim(),
});
