import type { Bench } from './map-page/main.ts';
import { type MapStage, mapStage } from './map-stage.ts';
import { quantile } from './measure.ts';
import { type Figure, ms } from './table.ts';

declare const bench: Bench;

const issues = 200_000;
const changes = 9;
const contenders = ['ours', 'geojson', 'leaflet'] as const;
type Name = (typeof contenders)[number];
type Run = Record<
  'load' | 'loadMain' | 'change' | 'changeMain' | 'filter' | 'filterMain' | 'longest' | 'memory',
  number
>;

const called: Record<Name, string> = {
  ours: 'ours',
  geojson: 'MapLibre GeoJSON with clustering',
  leaflet: 'Leaflet with markercluster',
};
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const times = (factor: number) => `${factor.toFixed(1)} ×`;

async function run(stage: MapStage, name: Name, count: number): Promise<Run> {
  const { page, timed, memory } = await stage.open();
  const map = await page.evaluateHandle((one) => bench.make(one), name);
  await page.evaluate(() => bench.longest());
  const address = stage.answer(count);
  await fetch(new URL(address, page.url())).then((answer) => answer.arrayBuffer());
  const load = await timed(() => map.evaluate((one, from) => one.load(from), address));
  const loadLongest = await page.evaluate(() => bench.longest());
  const took: { main: number; took: number }[] = [];
  for (let nth = 0; nth < changes; nth++)
    took.push(await timed(() => map.evaluate((one, at) => one.change(at), nth * 4 + 1)));
  const filter = await timed(() => map.evaluate((one) => one.filter()));
  const longest = Math.max(loadLongest, await page.evaluate(() => bench.longest()));
  const held = await memory();
  await page.context().close();
  return {
    load: load.took,
    loadMain: load.main,
    change: quantile(
      took.map((one) => one.took),
      0.5,
    ),
    changeMain: quantile(
      took.map((one) => one.main),
      0.5,
    ),
    filter: filter.took,
    filterMain: filter.main,
    longest,
    memory: held,
  };
}

function compare(runs: Record<Name, Run>): Figure[] {
  const best = (of: keyof Run) => Math.min(runs.geojson[of], runs.leaflet[of]);
  const line = (name: string, of: keyof Run, asked: string, show = ms): Figure => ({
    name: `200,000 issues, ${name}: ${contenders.map((one) => called[one]).join(' / ')}`,
    value: contenders.map((one) => show(runs[one][of])).join(' / '),
    asked,
  });
  return [
    line('from the server’s answer to the drawn map', 'load', ''),
    line('the same on the main thread', 'loadMain', 'ours ≤ 1.5 s'),
    {
      name: 'loading against the better of them',
      value: times(best('load') / runs.ours.load),
      asked: '≥ 3 ×',
    },
    line('longest task', 'longest', 'ours ≤ 200 ms'),
    line('one change until drawn, software GL', 'change', ''),
    line('one change on the main thread', 'changeMain', 'ours ≤ 16 ms'),
    {
      name: 'one change on the main thread against the better of them',
      value: times(best('changeMain') / runs.ours.changeMain),
      asked: '≥ 10 ×',
    },
    line('another filter until drawn', 'filter', ''),
    line('another filter on the main thread', 'filterMain', 'ours ≤ 150 ms'),
    line('memory of the tab', 'memory', 'ours ≤ 400 MB', megabytes),
  ];
}

/** 30,000 courtyards against 514, at street zoom. */
async function yards(stage: MapStage): Promise<Figure> {
  const frame = async (count: number) => {
    const { page } = await stage.open();
    const found = await page.evaluate((of) => bench.yards(of, 60), count);
    await page.context().close();
    return found;
  };
  const [few, many] = [await frame(514), await frame(30_000)];
  return {
    name: 'a frame of panning at street zoom with 30,000 courtyards, with 514',
    value: `${ms(many.frame)}, ${ms(few.frame)}: ${times(many.frame / few.frame)}; drawn after ${ms(many.drawn)}`,
    asked: '≤ 2 ×',
  };
}

/** An hour's changes under `npm run prove`, as the same code with small counts elsewhere. */
const long = process.env['PROVE'] === '1';
const quiet = long ? 600_000 : 10_000;
const replayed = long ? 36_000 : 300;

/** What a map does while nothing happens, and what a long stream of changes leaves behind. */
export async function live(stage: MapStage, time = quiet, count = replayed) {
  const { page, heap } = await stage.open();
  const map = await page.evaluateHandle(() => bench.ours());
  await map.evaluate((one, from) => one.load(from), stage.answer(2_000));
  await map.evaluate((one) => one.replay(20));
  const before = await heap();
  const frames = await map.evaluate((one, ms) => one.idle(ms), time);
  const rested = await heap();
  const fed = await map.evaluate((one, of) => one.replay(of), count);
  const after = await heap();
  await page.context().close();
  return { frames, idleGrowth: rested - before, fed, count, growth: after - rested };
}

async function liveFigures(stage: MapStage): Promise<Figure[]> {
  const { frames, idleGrowth, fed, count, growth } = await live(stage);
  const kilo = (bytes: number) => `${Math.round(bytes / 1000)} KB`;
  return [
    {
      name: `an idle map for ${quiet / 1000} s: frames drawn, growth of the heap`,
      value: `${frames}, ${kilo(idleGrowth)}`,
      asked: '0, none',
    },
    {
      name: `${count} changes one after the other: drawn, growth of the heap`,
      value: `${fed}, ${kilo(growth)}`,
      asked: 'each once; < 20 MB in 36,000',
    },
  ];
}

/** The maps side by side in one browser and one run. */
export async function measureMap(count = issues): Promise<Figure[]> {
  const stage = await mapStage();
  try {
    const runs = {
      ours: await run(stage, 'ours', count),
      geojson: await run(stage, 'geojson', count),
      leaflet: await run(stage, 'leaflet', count),
    };
    return [...compare(runs), await yards(stage), ...(await liveFigures(stage))];
  } finally {
    await stage.stop();
  }
}
