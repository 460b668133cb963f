import { untrack } from 'svelte';
import type { TimeChoice } from '../../core/filter/time-span.ts';
import { later } from '../later.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Place } from '../place.svelte.ts';

const spans = later(() => import('../../core/filter/time-span.ts'));
const history = later(() => import('../../data/history.ts'));

/** The time one looks at, as the address says it (`t`); what is past is read once for each period. */
export class TimeTravel {
  readonly #place: Place;
  readonly #issues: LiveIssues;
  readonly #topic: string;
  #choice = $state.raw<TimeChoice | null>(null);
  #open = $state(false);
  #tries = $state(0);
  #reading = $state(false);
  #failure = $state.raw<unknown>(null);
  /** How many there were of more than could be read. */
  #cut = $state.raw<{ count: number; shown: number } | null>(null);
  #broken = $state(false);
  /** What was read last: the period, and the snapshot it was added to. */
  #read = '';

  constructor(place: Place, issues: LiveIssues, topic: string) {
    this.#place = place;
    this.#issues = issues;
    this.#topic = topic;
    $effect(() => {
      const said = place.param('t');
      const ready = issues.ready;
      const loads = issues.loads;
      void this.#tries;
      if (ready && (said !== null || untrack(() => this.#choice)))
        untrack(() => void this.#take(said, loads));
    });
  }

  get choice(): TimeChoice | null {
    return this.#choice;
  }
  /** The bar is shown: somebody opened it, or another time than now is looked at. */
  get open(): boolean {
    return this.#open || this.#choice !== null;
  }
  get reading(): boolean {
    return this.#reading;
  }
  get failure(): unknown {
    return this.#failure;
  }
  get cut(): { count: number; shown: number } | null {
    return this.#cut;
  }
  get broken(): boolean {
    return this.#broken;
  }

  toggle(): void {
    if (this.open) this.live();
    else this.#open = true;
  }
  /** Back to now. */
  live(): void {
    this.#open = false;
    this.#broken = false;
    this.#failure = null;
    this.#place.setParam('t', null);
  }
  /** After its code could not be fetched. */
  reopen(): void {
    this.#open = false;
    this.#tries++;
    queueMicrotask(() => (this.#open = true));
  }
  async choose(choice: TimeChoice): Promise<void> {
    const { timeToParam } = await spans();
    this.#broken = false;
    this.#open = true;
    this.#place.setParam('t', timeToParam(choice));
  }

  async #take(said: string | null, loads: number): Promise<void> {
    if (said === null) {
      this.#choice = null;
      this.#cut = null;
      this.#issues.shown.time = null;
      return;
    }
    const { periodSpan, shownSpan, timeFromParam } = await spans();
    const { time, broken } = timeFromParam(said);
    if (broken) {
      this.#broken = this.#open = true;
      if (!time) return this.#place.setParam('t', null);
    }
    if (!time || this.#place.param('t') !== said) return;
    const now = this.#issues.now;
    this.#choice = time;
    this.#issues.shown.time = { ...shownSpan(time, now), mode: time.mode };
    const period = periodSpan(time.period, now);
    const wanted = `${loads} ${period.since} ${period.until}`;
    if (this.#read !== wanted) await this.#fetch(wanted, period.since, period.until);
  }

  async #fetch(wanted: string, since: number, until: number): Promise<void> {
    this.#reading = true;
    this.#failure = null;
    this.#read = wanted;
    try {
      const { readHistory } = await history();
      const { issues, count, complete } = await readHistory(this.#topic, since, until);
      if (this.#read !== wanted) return;
      this.#cut = complete ? null : { count, shown: issues.id.length };
      this.#issues.addHistory(issues);
    } catch (failure) {
      if (this.#read !== wanted) return;
      this.#failure = failure;
      this.#read = '';
    }
    this.#reading = false;
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#tries++;
  }
}
