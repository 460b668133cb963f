import type { Courtyard } from '../map-snapshot.ts';

/** What a filter asks of a courtyard. */
export type FilterYard = Pick<Courtyard, 'id' | 'name' | 'address' | 'communityId' | 'point'>;

/** Above this the ids are no longer counted from one, and a plain table by id would be mostly air. */
const densest = 8_000_000;

/** The courtyards with a number each, so that a filter can be worked out once a yard and looked up for every issue. */
export class YardTable {
  readonly yards: readonly FilterYard[];
  #dense: Uint32Array | null = null;
  #sparse = new Map<number, number>();

  constructor(yards: Iterable<FilterYard>) {
    this.yards = [...yards];
    const last = this.yards.reduce((most, { id }) => Math.max(most, id), 0);
    if (last < densest) this.#dense = new Uint32Array(last + 1);
    this.yards.forEach(({ id }, at) => {
      if (this.#dense) this.#dense[id] = at + 1;
      else this.#sparse.set(id, at + 1);
    });
  }

  /** The number of a courtyard; -1 for one that is not here, or none. */
  at(id: number): number {
    return (this.#dense ? (this.#dense[id] ?? 0) : (this.#sparse.get(id) ?? 0)) - 1;
  }
}
