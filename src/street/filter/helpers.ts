import type { LabelTable } from '../../core/filter/match-rows.ts';
import { Readings } from '../../core/filter/readings.ts';
import { listCategories } from '../../data/categories.ts';
import { readFacts } from '../../data/map-facts.ts';

export * from '../../core/filter/area-rows.ts';

/** How Chinese characters are read, worked out beside the page: the dictionary is large and rarely needed. */
export function readings(): Promise<Readings> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./readings.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      worker.terminate();
      resolve(new Readings(String(data)));
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      reject(new Error('The readings could not be worked out.'));
    });
  });
}

/** Which labels the topic's courtyards have, by code. Throws ApiError. */
export async function labels(topic: string): Promise<LabelTable> {
  const { courtyards, labels: given, labelList } = await readFacts(topic);
  const codes = new Map(labelList.map(({ id, code }) => [id, code]));
  const of = courtyards.map((id, at): [number, ReadonlySet<string>] => [
    id,
    new Set((given[at] ?? []).flatMap((label) => codes.get(label) ?? [])),
  ]);
  return { codes: new Set(codes.values()), of: new Map(of) };
}

/** Codes of the street's categories, active or not. Throws ApiError. */
export const categories = async (): Promise<ReadonlySet<string>> =>
  new Set((await listCategories()).map(({ code }) => code));
