/** Where several pins at one place stand: around it, each in a slot it keeps. */
export type Offset = readonly [x: number, y: number];

/** As many slots as are told apart; what comes after shares the last ring. */
export const fanSlots = 37;

/**
 * The offset of a slot in units of one pin's spacing: the first on the place itself,
 * then rings of 6, 12 and 18 around it, so that the first seven read as one flower.
 */
export function fanOffset(slot: number): Offset {
  let ring = 0;
  let first = 0;
  const at = slot % fanSlots;
  while (at >= first + Math.max(1, ring * 6)) {
    first += Math.max(1, ring * 6);
    ring++;
  }
  if (ring === 0) return [0, 0];
  const turn = ((at - first) / (ring * 6)) * 2 * Math.PI - Math.PI / 6;
  return [Math.cos(turn) * ring, Math.sin(turn) * ring];
}

/** About 5 m at this latitude: closer than that, pins hide each other at any zoom one works at. */
const cell = 5e-5;

/** Gives each pin a slot at its place and keeps it, so that nothing moves when others come and go. */
export class Fan {
  #taken = new Map<string, Set<number>>();
  #placed = new Map<number, { place: string; slot: number }>();

  /** The slot of this pin at this point; the same again as long as it stays there. */
  place(id: number, lng: number, lat: number): number {
    const place = `${Math.round(lng / cell)},${Math.round(lat / cell)}`;
    const held = this.#placed.get(id);
    if (held?.place === place) return held.slot;
    this.leave(id);
    const taken = this.#taken.get(place) ?? new Set<number>();
    let slot = 0;
    while (taken.has(slot)) slot++;
    this.#taken.set(place, taken.add(slot));
    this.#placed.set(id, { place, slot });
    return slot;
  }

  leave(id: number): void {
    const held = this.#placed.get(id);
    if (!held) return;
    this.#taken.get(held.place)?.delete(held.slot);
    this.#placed.delete(id);
  }
}
