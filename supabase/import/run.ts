import { writeFile } from 'node:fs/promises';
import type { Wanted } from './arguments.ts';
import { checkRows, type CourtyardRow } from './check.ts';
import { hintForCrs } from './hint.ts';
import { insideOf } from './inside.ts';
import { outcomesOf, totals, type Answer } from './outcome.ts';
import { progressBar } from './progress.ts';
import { readSource } from './read.ts';
import { reportCsv, summary } from './report.ts';
import type { Target } from './target.ts';
import { say } from './words.ts';

const rowsAtOnce = 200;

/** Asks about all rows without writing, some at a time, so that the bar moves. */
async function dryRun(target: Target, rows: CourtyardRow[], label: string): Promise<Answer['rows']> {
  const bar = progressBar(label);
  const answers: Answer['rows'] = [];
  try {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      bar.at(from, rows.length);
      answers.push(...(await target.take(rows.slice(from, from + rowsAtOnce), true)));
    }
    bar.at(rows.length, rows.length);
  } finally {
    bar.end();
  }
  return answers;
}

/**
 * Imports a file into the target: reads, checks and asks about every row, and writes all of them in one call when none is
 * refused and it is no dry run. Prints the report by `print`. Gives whether no row was refused; throws UnreadableFile
 * and TargetTrouble.
 */
export async function importFile(
  wanted: Wanted,
  target: Target,
  print: (line: string) => void,
): Promise<boolean> {
  const { lang } = wanted;
  const source = await readSource(wanted.file);
  if (source.unused.length > 0) print(say(lang, 'unused', { columns: source.unused.join(', ') }));
  const boundary = await target.boundary();
  const inside = boundary ? insideOf(boundary) : null;
  const checked = checkRows(source, wanted.crs, inside?.shape ?? null);

  let answers = await dryRun(target, checked.good, say(lang, 'checking'));
  const clean = checked.refused.length === 0 && answers.every(({ outcome }) => outcome !== 'refused');
  const write = clean && !wanted.dryRun && answers.some(({ outcome }) => outcome !== 'same');
  if (write) {
    const bar = progressBar(say(lang, 'writing'));
    bar.at(0, 1);
    try {
      answers = await target.take(checked.good, false);
    } finally {
      bar.end();
    }
  }

  const outcomes = outcomesOf(checked.refused, checked.good, answers);
  for (const line of summary(outcomes, lang)) print(line);
  const { refused } = totals(outcomes);
  if (inside && outcomes.some(({ reason }) => reason === 'outside_street')) {
    const hint = hintForCrs(checked.shapes, wanted.crs, inside.position);
    if (hint) print(say(lang, 'crs_hint', { ...hint }));
  }
  if (wanted.report) {
    await writeFile(wanted.report, reportCsv(outcomes, lang));
    print(say(lang, 'reported', { path: wanted.report }));
  }
  if (refused > 0) print(say(lang, 'nothing_written'));
  else if (wanted.dryRun) print(say(lang, 'dry'));
  else if (write) print(say(lang, 'written'));
  return refused === 0;
}
