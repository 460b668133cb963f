import { addressOf, choiceOf } from './choice.ts';
import type { Choice } from './choice.ts';
import { addressOfView, viewIn } from './views.ts';
import type { View } from './views.ts';

const here = (): URL => new URL(location.href);

/** Where one is on the screen: which view, and what is chosen. Both stand in the address; back and forward follow them. */
export class Place {
  readonly views: readonly View[];
  #view = $state<View>('map');
  #choice = $state.raw<Choice | null>(null);

  constructor(views: readonly View[]) {
    this.views = views;
    this.read();
  }

  get view(): View {
    return this.#view;
  }
  get choice(): Choice | null {
    return this.#choice;
  }
  /** The chosen issue's id, if an issue is chosen. */
  get issue(): number | null {
    return this.#choice?.kind === 'issue' ? this.#choice.id : null;
  }

  /** Takes what the address says. */
  read = (): void => {
    this.#view = viewIn(here(), this.views);
    this.#choice = choiceOf(here());
  };

  go(view: View): void {
    if (view === this.#view) return;
    this.#view = view;
    history.pushState(null, '', addressOfView(view, here()));
  }

  choose = (next: Choice | null): void => {
    if (next?.id === this.#choice?.id && next?.kind === this.#choice?.kind) return;
    this.#choice = next;
    history.pushState(null, '', addressOf(next, here()));
  };
}
