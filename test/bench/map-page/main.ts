import { leaflet } from './leaflet.ts';
import { geojson } from './geojson.ts';
import { ours } from './ours.ts';
import { yards } from './yards.ts';

/** One map with the same issues; each resolves when what was asked is on the screen. */
export interface Contender {
  /** From the address of the server's answer to the drawn map. */
  load(address: string): Promise<void>;
  /** One issue among all becomes late. */
  change(nth: number): Promise<void>;
  /** Only every third issue. */
  filter(): Promise<void>;
}

/** The longest tasks of the page since it was asked last, ms. */
let tasks: number[] = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
  entryTypes: ['longtask'],
});

const bench = {
  make: (name: 'ours' | 'geojson' | 'leaflet') => ({ ours, geojson, leaflet })[name](),
  ours,
  yards,
  async longest(): Promise<number> {
    await new Promise((done) => setTimeout(done, 100));
    const longest = Math.max(0, ...tasks);
    tasks = [];
    return longest;
  },
};
export type Bench = typeof bench;
Object.assign(globalThis, { bench });
