import { totals, type Outcome } from './outcome.ts';
import { say, type Lang } from './words.ts';

const shownOfEach = 20;

const reasonOf = (one: Outcome, lang: Lang) => (one.reason ? say(lang, one.reason, one.detail) : '');

/** The lines printed at the end: what was refused and changed, row by row, then the totals. */
export function summary(outcomes: Outcome[], lang: Lang): string[] {
  const lines = (['changed', 'refused'] as const).flatMap((kind) => {
    const all = outcomes.filter(({ outcome }) => outcome === kind);
    const shown = all.slice(0, shownOfEach).map((one) => {
      const why = reasonOf(one, lang);
      return `  ${say(lang, kind)} ${say(lang, 'row', { row: one.row })} ${one.name}${why ? `${lang === 'zh' ? '：' : ': '}${why}` : ''}`;
    });
    const more = all.length - shown.length;
    return more > 0 ? [...shown, `  ${say(lang, 'more', { count: more })}`] : shown;
  });
  return [...lines, say(lang, 'totals', totals(outcomes))];
}

// A cell that begins with one of these would be run as a formula by a spreadsheet.
const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** Every row and what became of it, as CSV that Excel opens in Chinese (UTF-8 with a byte order mark). */
export function reportCsv(outcomes: Outcome[], lang: Lang): string {
  const heading =
    lang === 'zh' ? ['行', '名称', '结果', '原因', '代码'] : ['row', 'name', 'outcome', 'why', 'code'];
  const lines = outcomes.map((one) => [
    String(one.row),
    one.name,
    say(lang, one.outcome),
    reasonOf(one, lang),
    one.reason ?? '',
  ]);
  return `\ufeff${[heading, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
