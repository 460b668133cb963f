import { conditions } from '../../core/filter/mend.ts';
import { parts } from '../later.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Place } from '../place.svelte.ts';
import { FilterAddress } from './address.svelte.ts';

type Code = typeof import('./finding.ts');
type Loaded = {
  code: Code;
  names: InstanceType<Code['FilterNames']>;
  sketch: InstanceType<Code['AreaSketch']>;
};

/** The filter of the screen: its address, whether its panel is open, and its code once it is needed. */
export class Finder {
  readonly #issues: LiveIssues;
  readonly #topic: string;
  readonly address: FilterAddress;
  #open = $state(false);
  #loaded = $state.raw<Loaded | null>(null);
  #failure = $state.raw<unknown>(null);
  #conditions = $derived.by(() => conditions(this.#issues.filter));

  constructor(place: Place, issues: LiveIssues, topic: string) {
    this.#issues = issues;
    this.#topic = topic;
    this.address = new FilterAddress(place, issues);
    // Not before the first snapshot: the map comes first.
    $effect(() => {
      if (issues.ready && (this.#open || this.#conditions > 0 || this.address.broken)) void this.load();
    });
  }

  get open(): boolean {
    return this.#open;
  }
  set open(open: boolean) {
    this.#open = open;
  }
  get loaded(): Loaded | null {
    return this.#loaded;
  }
  get failure(): unknown {
    return this.#failure;
  }
  /** How many conditions there are beside text and parts of the list. */
  get conditions(): number {
    return this.#conditions;
  }

  async load(): Promise<void> {
    if (this.#loaded) return;
    try {
      this.#failure = null;
      const code = await parts.finding();
      if (this.#loaded) return;
      const names = new code.FilterNames(this.#issues);
      this.#loaded = { code, names, sketch: new code.AreaSketch(this.#issues) };
      await names.read(this.#topic);
    } catch (failure) {
      this.#failure = failure;
    }
  }
}
