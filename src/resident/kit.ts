/** What files loaded later draw with: the page's own script has no address from which they could import it. */
import { formatDay, formatMoment } from '../core/format.ts';
import { ask } from '../data/resident-wire.ts';
import { h } from './dom.ts';
import { button, field, gate, heading, mainButton, notice } from './parts.ts';
import { t } from './report-words.ts';
import { currentLanguage, currentTongue, named, tOr } from './words.ts';

export const kit = {
  h,
  t,
  tOr,
  named,
  currentLanguage,
  currentTongue,
  ask,
  button,
  field,
  gate,
  heading,
  mainButton,
  notice,
  moment: (time: string | number) => formatMoment(time, currentLanguage()),
  day: (time: string) => formatDay(time, currentLanguage()),
};
export type Kit = typeof kit;
