import { ApiError } from '../../core/api-error.ts';
import { freshnesses, type Freshness } from '../../core/archive/freshness.ts';
import { Queue, type Fate } from '../../core/archive/queue.ts';
import {
  tally,
  type Answers,
  type Dictionary,
  type Round,
  type RoundYard,
  type YardRound,
} from '../../core/archive/round.ts';
import { requestId } from '../../core/request-id.ts';
import { readRound, readYardRound, sendAnswers } from '../../data/archive-round.ts';
import { RoundShelf } from '../../data/archive-shelf.ts';
import { YardForm, type KeptForm } from './yard-form.svelte.ts';

/** How long after the last key what was typed goes out, in milliseconds, and how often the list is asked for again. */
const pause = 1200;
const again = 60_000;
/** Forms asked for at the same time. */
const atOnce = 3;

export type Sent = 'all' | 'sending' | 'waiting';

/** The round of one community: its list, the open form, and what still has to reach the server. Works without a network. */
export class RoundDesk {
  readonly topic: string;
  readonly #shelf: RoundShelf<Answers>;
  readonly #queue: Queue<Answers, YardRound>;
  #round = $state.raw<Round | null>(null);
  #dictionary = $state.raw<Dictionary | null>(null);
  #form = $state.raw<YardForm | null>(null);
  #error = $state.raw<ApiError | null>(null);
  /** The network is away, or the server. */
  #away = $state(false);
  #sent = $state<Sent>('all');
  /** Yards with words that have not arrived. */
  #queued = $state.raw<readonly number[]>([]);
  /** The server answered that no round is open. */
  #closed = $state(false);
  #refused = $state.raw<{ yard: number; error: ApiError } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  text = $state('');
  only = $state<Freshness | null>(null);

  constructor(topic: string, person: string) {
    this.topic = topic;
    this.#shelf = new RoundShelf(person);
    this.#queue = new Queue(
      this.#shelf.queue,
      (entry) => sendAnswers(entry.yard, entry.body, entry.key),
      requestId,
    );
  }

  get round(): Round | null {
    return this.#round;
  }
  get dictionary(): Dictionary | null {
    return this.#dictionary;
  }
  get form(): YardForm | null {
    return this.#form;
  }
  get error(): ApiError | null {
    return this.#error;
  }
  get away(): boolean {
    return this.#away;
  }
  get closed(): boolean {
    return this.#closed;
  }
  get sent(): Sent {
    return this.#sent;
  }
  get queued(): readonly number[] {
    return this.#queued;
  }
  get refused(): { yard: number; error: ApiError } | null {
    return this.#refused;
  }

  readonly counts = $derived.by(() => tally(this.#round?.yards ?? []));
  readonly shown = $derived.by((): RoundYard[] => {
    const words = this.text.trim().toLowerCase();
    return (this.#round?.yards ?? [])
      .filter(({ freshness }) => this.only === null || freshness === this.only)
      .filter(({ name, name_en, address }) =>
        `${name} ${name_en ?? ''} ${address}`.toLowerCase().includes(words),
      )
      .sort(
        (a, b) =>
          freshnesses.indexOf(a.freshness) - freshnesses.indexOf(b.freshness) ||
          a.address.localeCompare(b.address, 'zh'),
      );
  });

  /** Reads what this device holds, then asks; keeps asking until the function it gives is called. */
  open(): () => void {
    void this.#begin();
    const timer = setInterval(() => void this.refresh(), again);
    const back = (): void => void this.refresh();
    addEventListener('online', back);
    return () => {
      clearInterval(timer);
      clearTimeout(this.#timer);
      removeEventListener('online', back);
    };
  }

  async #begin(): Promise<void> {
    const [round, dictionary] = await Promise.all([
      this.#shelf.read('round'),
      this.#shelf.read('dictionary'),
    ]);
    // Written by this page itself.
    this.#round ??= (round as Round | undefined) ?? null;
    this.#dictionary ??= (dictionary as Dictionary | undefined) ?? null;
    await this.refresh();
  }

  /** Sends what waits, asks for the list, and for every form that is another than this device holds. */
  refresh = async (): Promise<void> => {
    await this.#flush();
    try {
      const round = await readRound(this.topic);
      this.#closed = round === null;
      if (!round) return;
      this.#round = this.#marked(round);
      this.#error = null;
      this.#away = false;
      void this.#shelf.keep('round', round);
      await this.#fetchForms(round);
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
      this.#away = error.passing;
      this.#error = error;
    }
  };

  /** Brings the forms onto this device that changed since, so that all can be opened without a network. */
  async #fetchForms(round: Round): Promise<void> {
    const wanted: number[] = [];
    for (const { id, version, freshness } of round.yards) {
      const held = (await this.#shelf.read(`form ${id}`)) as YardRound | undefined;
      if (held?.quarter !== round.quarter || held.version !== version || held.state !== freshness)
        wanted.push(id);
    }
    // The first alone: until it is here there is no dictionary to show anything by.
    const [first, ...rest] = wanted;
    if (first !== undefined) await this.#fetchForm(first);
    const line = [...rest];
    const worker = async (): Promise<void> => {
      for (let id = line.shift(); id !== undefined; id = line.shift()) await this.#fetchForm(id);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  async #fetchForm(yard: number): Promise<YardRound> {
    const { form, dictionary } = await readYardRound(yard);
    this.#dictionary = dictionary;
    void this.#shelf.keep('dictionary', dictionary);
    await this.#shelf.keep(`form ${yard}`, form);
    if (this.#form?.yard === yard && !this.#queued.includes(yard)) this.#form.learn(form);
    return form;
  }

  /** Every form of the round; those this device has not got yet are fetched. */
  async forms(): Promise<YardRound[]> {
    const forms: YardRound[] = [];
    for (const { id } of this.#round?.yards ?? []) {
      const held = (await this.#shelf.read(`form ${id}`)) as YardRound | undefined;
      forms.push(held ?? (await this.#fetchForm(id)));
    }
    return forms;
  }

  /** Opens a yard's form out of what this device holds; false when it holds none. */
  async choose(yard: number | null): Promise<boolean> {
    await this.leave();
    this.#form = null;
    if (yard === null) return true;
    const [stored, kept] = await Promise.all([
      this.#shelf.read(`form ${yard}`),
      this.#shelf.read(`draft ${yard}`),
    ]);
    const round = (stored as YardRound | undefined) ?? (await this.#fetchForm(yard).catch(() => null));
    if (!round || !this.#dictionary) return false;
    const form = new YardForm(this.#dictionary, round, (kept as KeptForm | null | undefined) ?? null);
    form.onchange = () => this.#changed(form);
    this.#form = form;
    return true;
  }

  /** What was typed into the open form goes out now. */
  async leave(): Promise<void> {
    if (this.#timer === undefined || !this.#form) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#write(this.#form, false);
  }

  /** Hands the open yard in. */
  async submit(): Promise<void> {
    const form = this.#form;
    if (!form?.ready || form.locked) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setFreshness(form.yard, 'submitted');
    form.learn({ ...form.round, state: 'submitted' });
    await this.#write(form, true);
  }

  #changed(form: YardForm): void {
    this.#refused = null;
    void this.#shelf.keep(`draft ${form.yard}`, form.kept());
    if (this.#freshness(form.yard) !== 'drafted') this.#setFreshness(form.yard, 'drafted');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#write(form, false);
    }, pause);
  }

  async #write(form: YardForm, submit: boolean): Promise<void> {
    const answers = form.unsent();
    if (Object.keys(answers).length === 0 && !submit) return;
    const { quarter } = form.round;
    await this.#queue.keep(form.yard, { quarter, answers, submit: submit ? requestId() : null }, Date.now());
    await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#sent = 'sending';
    const fates = await this.#queue.flush();
    for (const fate of fates) await this.#take(fate);
    const left = await this.#queue.all();
    this.#queued = left.map(({ yard }) => yard);
    this.#sent = left.length === 0 ? 'all' : 'waiting';
    this.#away = fates.some(({ kind }) => kind === 'waiting') || (this.#away && fates.length === 0);
  }

  async #take(fate: Fate<Answers, YardRound>): Promise<void> {
    if (fate.kind === 'waiting') return;
    const { yard } = fate.entry;
    if (fate.kind === 'refused') {
      this.#refused = { yard, error: fate.error };
      // It is open again, with everything that was typed.
      await this.#fetchForm(yard).catch(() => undefined);
      this.#setFreshness(yard, 'drafted');
      return;
    }
    const round = fate.answer;
    await this.#shelf.keep(`form ${yard}`, round);
    this.#setFreshness(yard, round.state);
    if (this.#form?.yard !== yard) return;
    this.#form.learn(round);
    const left = Object.keys(this.#form.unsent()).length > 0 || this.#form.clashes.length > 0;
    await this.#shelf.keep(`draft ${yard}`, left ? this.#form.kept() : null);
  }

  #freshness(yard: number): Freshness | undefined {
    return this.#round?.yards.find(({ id }) => id === yard)?.freshness;
  }

  #setFreshness(yard: number, freshness: Freshness): void {
    if (!this.#round) return;
    this.#round = {
      ...this.#round,
      yards: this.#round.yards.map((each) => (each.id === yard ? { ...each, freshness } : each)),
    };
    void this.#shelf.keep('round', this.#round);
  }

  /** The server's list, with what was done here and has not arrived. */
  #marked(round: Round): Round {
    const yards = round.yards.map((yard) =>
      this.#queued.includes(yard.id)
        ? { ...yard, freshness: this.#freshness(yard.id) ?? yard.freshness }
        : yard,
    );
    return { ...round, yards };
  }
}
