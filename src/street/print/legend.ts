import { markLooks } from '../../core/issue-state.ts';
import type { Mark } from '../../core/issue-state.ts';
import { swatchOf, unknownSwatch } from '../../core/theme/swatches.ts';
import { classSizes } from '../../core/theme/courtyard-theme.ts';
import type { Shading } from '../../core/theme/courtyard-theme.ts';
import type { CourtyardFacts } from '../../core/courtyard-facts.ts';
import { palettes } from '../../map/palette.ts';
import type { Theme } from '../../map/palette.ts';
import { common } from '../../ui/common.ts';
import { classWord, themeWord } from '../layers/theme-words.ts';
import { t as layers } from '../layers/words.ts';
import { t } from '../share/words.ts';
import type { LegendPart } from './sheet.ts';

/** Marks in the order of what needs a person first. */
const order: readonly Mark[] = [
  'late',
  'soon',
  'submitted',
  'handling',
  'resolved',
  'closed',
  'declined',
  'merged',
  'withdrawn',
];

/** The legend of what is drawn: the marks that occur among the issues shown, and the theme's own classes. */
export function legendOf(
  marks: readonly Mark[],
  shading: Shading | null,
  facts: CourtyardFacts | null,
  courtyards: Iterable<number>,
  look: Theme,
): LegendPart[] {
  const issues = order
    .filter((mark) => marks.includes(mark))
    .map((mark) => {
      const { colour, shape, word } = markLooks[mark];
      return { colour: palettes[look].pin[colour], shape, words: common(word) };
    });
  const parts: LegendPart[] = issues.length > 0 ? [{ title: t('print.issues'), lines: issues }] : [];
  if (!shading) return parts;
  const sizes = classSizes(shading, courtyards);
  const classes = shading.classes.map((one, at) => ({
    colour: swatchOf(look, shading.scale, at, shading.classes.length),
    shape: null,
    hatched: shading.hatched.includes(at),
    words: `${classWord(shading, one)}（${sizes[at] ?? 0}）`,
  }));
  const unknown = sizes[shading.classes.length] ?? 0;
  const rest =
    unknown > 0
      ? [{ colour: unknownSwatch[look], shape: null, words: `${layers('theme.unknown')}（${unknown}）` }]
      : [];
  return [
    ...parts,
    { title: `${t('print.courtyards')} · ${themeWord(shading.theme, facts)}`, lines: [...classes, ...rest] },
  ];
}
