import { SvelteMap } from 'svelte/reactivity';
import { addressOf, choiceOf } from './choice.ts';
import type { Choice } from './choice.ts';
import { addressOfView, viewIn } from './views.ts';
import type { View } from './views.ts';

/** Between two changes of the address, in milliseconds. */
const soon = 300;

const here = (): URL => new URL(location.href);

/** Where one is on the screen: which view, what is chosen, and what each feature keeps in the address. Back and forward follow. */
export class Place {
  readonly views: readonly View[];
  #view = $state<View>('map');
  #choice = $state.raw<Choice | null>(null);
  #params = new SvelteMap<string, string>();
  #unsaid: Record<string, string | null> = {};
  #later: ReturnType<typeof setTimeout> | undefined;
  #saidAt = 0;

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

  /** What the address says under this key; null when it says nothing. */
  param(key: string): string | null {
    return this.#params.get(key) ?? null;
  }

  /** Says it in the address, null takes it out; with `push` one can go back to how it was before. */
  setParam(key: string, value: string | null, push = false): void {
    if (value === this.param(key)) return;
    if (value === null) this.#params.delete(key);
    else this.#params.set(key, value);
    this.#unsaid[key] = value;
    if (push) this.#say('pushState');
    else if (Date.now() - this.#saidAt > soon) this.#say('replaceState');
    else this.#later ??= setTimeout(() => this.#say('replaceState'), soon);
  }

  /** Writes what has gathered. Browsers refuse to have their address changed at every keystroke. */
  #say(how: 'pushState' | 'replaceState'): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const unsaid = Object.entries(this.#unsaid);
    if (unsaid.length === 0) return;
    const next = here();
    for (const [key, value] of unsaid) {
      if (value === null) next.searchParams.delete(key);
      else next.searchParams.set(key, value);
    }
    this.#unsaid = {};
    this.#saidAt = Date.now();
    history[how](null, '', next);
  }

  /** Takes what the address says. */
  read = (): void => {
    this.#unsaid = {};
    const said = here().searchParams;
    this.#view = viewIn(here(), this.views);
    this.#choice = choiceOf(here());
    for (const key of this.#params.keys()) if (!said.has(key)) this.#params.delete(key);
    for (const [key, value] of said) if (this.#params.get(key) !== value) this.#params.set(key, value);
  };

  go(view: View): void {
    if (view === this.#view) return;
    this.#view = view;
    this.#say('replaceState');
    history.pushState(null, '', addressOfView(view, here()));
  }

  choose = (next: Choice | null): void => {
    if (next?.id === this.#choice?.id && next?.kind === this.#choice?.kind) return;
    this.#choice = next;
    this.#say('replaceState');
    history.pushState(null, '', addressOf(next, here()));
  };
}
