import { untrack } from 'svelte';
import { findings } from '../../core/pattern/findings.ts';
import { hotSpots } from '../../core/pattern/hot-spots.ts';
import type { HotSpot } from '../../core/pattern/hot-spots.ts';
import { patternFromParam, patternToParam, spotRules } from '../../core/pattern/pattern-view.ts';
import type { PatternView } from '../../core/pattern/pattern-view.ts';
import type { PatternRows } from '../../core/pattern/rows.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Office } from '../office.ts';
import type { Place } from '../place.svelte.ts';
import { Comparing } from './comparing.svelte.ts';
import { Past } from './past.svelte.ts';
import { placeOf, placesOf } from './places.ts';

/** What comes in a rush is looked at once in this time, in milliseconds. */
const calm = 1500;

/** What repeats among the issues that are shown: the map's layers, the lists and the legend read this one. */
export class Patterns {
  readonly #issues: LiveIssues;
  readonly #place: Place;
  readonly comparing: Comparing;
  /** The rows patterns are read from; they follow what is shown, not at every single change. */
  #from = $state.raw<PatternRows | null>(null);
  #next: PatternRows | null = null;
  #waiting = false;
  chosen = $state<number | null>(null);

  readonly view: PatternView = $derived.by(() => patternFromParam(this.#place.param('pattern')));
  #spots = $derived.by(() => {
    const rule = this.view.spots === 'all' ? 'all' : 'cause';
    return this.#from
      ? hotSpots(this.#from, placeOf(this.#from, this.#issues.courtyards), {
          ...spotRules[rule],
          byCause: rule === 'cause',
        })
      : [];
  });
  #findings = $derived.by(() => (this.#from ? findings(this.#from) : []));

  constructor(issues: LiveIssues, office: Office, place: Place) {
    this.#issues = issues;
    this.#place = place;
    this.comparing = new Comparing(issues, new Past(office.topic));
  }

  get from(): PatternRows | null {
    return this.#from;
  }
  get spots(): readonly HotSpot[] {
    return this.#spots;
  }
  get findings() {
    return this.#findings;
  }

  set(change: Partial<PatternView>): void {
    this.#place.setParam('pattern', patternToParam({ ...this.view, ...change }));
  }

  /** Called from an effect while anything of the patterns is on the screen. */
  follow(): void {
    this.#next = this.#shown();
    if (untrack(() => this.#from) === null) this.#take();
    else if (!this.#waiting) {
      this.#waiting = true;
      setTimeout(this.#take, calm);
    }
  }

  #take = (): void => {
    this.#waiting = false;
    this.#from = this.#next;
  };

  /** What is filtered, over the time that is chosen. */
  #shown(): PatternRows {
    void this.#issues.revision;
    return { store: this.#issues.table, rows: this.#issues.rows };
  }

  positions(from: PatternRows): Float64Array {
    return placesOf(from, this.#issues.courtyards);
  }
}

const known = new WeakMap<LiveIssues, Patterns>();

/** The panel and what stays on the map without it work with the same patterns. */
export function patternsOf(issues: LiveIssues, office: Office, place: Place): Patterns {
  const patterns = known.get(issues) ?? new Patterns(issues, office, place);
  known.set(issues, patterns);
  return patterns;
}
