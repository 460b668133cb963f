import { untrack } from 'svelte';
import { fromParam, toParam } from '../../core/filter/issue-filter.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { Place } from '../place.svelte.ts';

/** Keeps the filter and the address (`f`) saying the same, whichever changes. Called while a component is set up. */
export class FilterAddress {
  #broken = $state(false);

  constructor(place: Place, issues: LiveIssues) {
    const take = (said: string | null): void => {
      if (said === toParam(issues.filter)) return;
      const { filter, broken } = fromParam(said);
      issues.filter = filter;
      if (broken) this.#broken = true;
    };
    take(place.param('f'));
    $effect(() => {
      const said = place.param('f');
      untrack(() => take(said));
    });
    $effect(() => {
      const param = toParam(issues.filter);
      untrack(() => place.setParam('f', param));
    });
  }

  /** The address asked for something that cannot be read; what could be read is shown. */
  get broken(): boolean {
    return this.#broken;
  }
  heard(): void {
    this.#broken = false;
  }
}
