type MapCode = typeof import('../map/live-map.ts');

let code: Promise<MapCode> | null = null;

/** The map's code, fetched once and apart from the screen's own, so that signing in never waits for it. */
export const mapCode = (): Promise<MapCode> => (code ??= import('../map/live-map.ts'));
