/** What files loaded later draw with: the page's own script has no address from which they could import it. */
import { formatMoment } from '../core/format.ts';
import { fetchPhoto, uploadPhoto } from '../data/resident-photos.ts';
import { ask } from '../data/resident-wire.ts';
import { putFollowed } from './box-store.ts';
import { h } from './dom.ts';
import { t } from './follow-words.ts';
import { rememberSent, sentReports } from './memory.ts';
import { button, field, heading, mainButton, notice } from './parts.ts';
import { currentLanguage } from './words.ts';

export const followKit = {
  h,
  t,
  ask,
  fetchPhoto,
  uploadPhoto,
  putFollowed,
  rememberSent,
  sentReports,
  button,
  field,
  heading,
  mainButton,
  notice,
  moment: (time: string | number) => formatMoment(time, currentLanguage()),
};
export type FollowKit = typeof followKit;
