import { SvelteSet } from 'svelte/reactivity';

/** Which rows of a list are chosen to be moved together. */
export class Selection {
  #ids = new SvelteSet<number>();
  #on = $state(false);
  /** Where a range begins. */
  #anchor: number | null = null;

  /** The list shows its boxes: something is chosen, or choosing has begun. */
  get on(): boolean {
    return this.#on;
  }

  /** In the order of choosing. */
  get ids(): number[] {
    return [...this.#ids];
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  begin(): void {
    this.#on = true;
  }

  toggle(id: number): void {
    this.#on = true;
    this.#anchor = id;
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  /** Chooses everything between the row touched last and this one; `order` is the list as it is read. */
  reach(id: number, order: readonly number[]): void {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return this.toggle(id);
    this.#on = true;
    for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#ids.add(between);
  }

  /** Chooses all of these, or none of them when all are chosen already. */
  all(ids: readonly number[]): void {
    this.#on = true;
    const chosen = ids.every((id) => this.#ids.has(id));
    for (const id of ids) {
      if (chosen) this.#ids.delete(id);
      else this.#ids.add(id);
    }
  }

  drop(id: number): void {
    this.#ids.delete(id);
  }

  /** Lets go of whatever is not among these: what the list no longer shows is never moved unseen. */
  keep(ids: ReadonlySet<number>): void {
    for (const id of this.#ids) if (!ids.has(id)) this.#ids.delete(id);
  }

  /** Nothing is chosen, and the boxes go. */
  clear(): void {
    this.#ids.clear();
    this.#anchor = null;
    this.#on = false;
  }
}
