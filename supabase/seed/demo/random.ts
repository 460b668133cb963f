/** Seeded numbers in [0, 1): the same seed gives the same street (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number around 0 that rarely leaves ±2. */
export const bell = (random: () => number): number => (random() + random() + random() + random() - 2) * 1.7;
