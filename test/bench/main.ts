import { measureFilter } from './filter.ts';
import { measureForms } from './forms.ts';
import { measureLabels } from './labels.ts';
import { measureMap } from './map.ts';
import { measureNumbers } from './numbers.ts';
import { measurePages } from './pages.ts';
import { measurePatterns } from './patterns.ts';
import { measureNative, measurePglite } from './server.ts';
import { measureSweep } from './sweep.ts';
import { type Figure, table } from './table.ts';

const clusterUrl = process.env['TEST_DATABASE_URL'];
const sections: (() => Promise<Figure[]>)[] = [
  measurePages,
  measureForms,
  measureFilter,
  measurePatterns,
  measureMap,
  measurePglite,
  () => measureSweep('pglite'),
  () => measureNumbers('pglite'),
  () => measureLabels('pglite'),
];
if (clusterUrl)
  sections.push(
    () => measureNative(clusterUrl),
    () => measureSweep('native'),
    () => measureNumbers('native'),
    () => measureLabels('native'),
  );

const figures: Figure[] = [];
for (const measure of sections) figures.push(...(await measure()));
console.log(`\n${table(figures)}`);
