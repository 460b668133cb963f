/** What the wall shows in turn. */
export const scenes = ['live', 'late', 'labels', 'quarter'] as const;
export type Scene = (typeof scenes)[number];

export type WallOptions = {
  readonly scenes: readonly Scene[];
  /** Seconds a scene stays. */
  readonly every: number;
};

export const defaultSeconds = 20;

/** `?scenes=live,late&every=20`: scenes in their order, seconds from 5 to 600; what cannot be read is as if it were not said. */
export function wallOptions(query: URLSearchParams): WallOptions {
  const said = (query.get('scenes') ?? '')
    .split(',')
    .flatMap((name) => scenes.find((one) => one === name) ?? []);
  const seconds = Number(query.get('every') ?? NaN);
  return {
    scenes: said.length > 0 ? [...new Set(said)] : scenes,
    every:
      Number.isFinite(seconds) && seconds > 0
        ? Math.min(600, Math.max(5, Math.round(seconds)))
        : defaultSeconds,
  };
}

/** The scene so many steps further; turning round at either end. */
export function sceneAfter(order: readonly Scene[], now: Scene, steps: number): Scene {
  const at = order.indexOf(now);
  return order[(((at + steps) % order.length) + order.length) % order.length] ?? now;
}

/** How far the screen may be trusted: `late` after a minute without the server, `old` after five. */
export type Freshness = 'live' | 'late' | 'old';

/** `asOf`: when the server last said how things are (epoch ms); connected: it would tell at once if something changed. */
export function freshnessOf(connected: boolean, asOf: number | null, now: number): Freshness {
  if (connected || asOf === null) return 'live';
  const age = now - asOf;
  return age < 60_000 ? 'live' : age < 300_000 ? 'late' : 'old';
}
