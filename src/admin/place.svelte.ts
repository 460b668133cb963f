import type { Section } from './sections.ts';

/** Where one is: a section and, if one is open there, the thing's key (`new` for a new one). */
export interface Spot {
  section: Section;
  item: string | null;
}

const read = (offered: readonly Section[]): Spot => {
  const asked = new URLSearchParams(location.search);
  const [first = 'categories'] = offered;
  const section = offered.find((one) => one === asked.get('section')) ?? first;
  return { section, item: asked.get('item') };
};

/** The address of a spot. */
export const addressOf = ({ section, item }: Spot): string =>
  `?section=${section}${item === null ? '' : `&item=${encodeURIComponent(item)}`}`;

/**
 * Where one is on the administrator's pages, kept in the address. While something is not saved (`holds`), leaving waits for
 * the person's word: `leaving` then is where they wanted to go.
 */
export class Place {
  #offered: readonly Section[];
  #now = $state.raw<Spot>({ section: 'categories', item: null });
  #leaving = $state.raw<Spot | null>(null);
  #holds: (() => boolean)[] = [];

  constructor(offered: readonly Section[]) {
    this.#offered = offered;
    this.#now = read(offered);
  }

  get now(): Spot {
    return this.#now;
  }

  /** Where one wanted to go from something unsaved; null when nothing is asked. */
  get leaving(): Spot | null {
    return this.#leaving;
  }

  /** Keeps up with Back and Forward, and with the window being closed; gives the function that ends it. */
  follow(): () => void {
    const moved = (): void => {
      const wanted = read(this.#offered);
      if (!this.#held()) this.#now = wanted;
      else {
        history.pushState(null, '', addressOf(this.#now));
        this.#leaving = wanted;
      }
    };
    const closing = (event: BeforeUnloadEvent): void => {
      if (this.#held()) event.preventDefault();
    };
    addEventListener('popstate', moved);
    addEventListener('beforeunload', closing);
    return () => {
      removeEventListener('popstate', moved);
      removeEventListener('beforeunload', closing);
    };
  }

  /** Says whether something on the page is not saved; gives the function that ends it. */
  hold(unsaved: () => boolean): () => void {
    this.#holds.push(unsaved);
    return () => {
      this.#holds = this.#holds.filter((other) => other !== unsaved);
    };
  }

  /** Goes somewhere, after asking when something is not saved. */
  go(section: Section, item: string | null = null): void {
    const wanted = { section, item };
    if (addressOf(wanted) === addressOf(this.#now)) return;
    if (this.#held()) this.#leaving = wanted;
    else this.#move(wanted);
  }

  /** Goes somewhere after saving: nothing is asked, and Back does not lead to the form. */
  settle(item: string | null): void {
    this.#now = { section: this.#now.section, item };
    history.replaceState(null, '', addressOf(this.#now));
  }

  /** The person stays with what is not saved. */
  stay(): void {
    this.#leaving = null;
  }

  /** The person gives up what is not saved. */
  leave(): void {
    const wanted = this.#leaving;
    this.#leaving = null;
    if (wanted) this.#move(wanted);
  }

  #held(): boolean {
    return this.#holds.some((unsaved) => unsaved());
  }

  #move(spot: Spot): void {
    history.pushState(null, '', addressOf(spot));
    this.#now = spot;
  }
}
