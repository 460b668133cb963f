import type { dueZh } from './due.zh.ts';

/** How long a clock still has, or by how much it is late. */
export const dueEn: { readonly [Key in keyof typeof dueZh]: string } = {
  'due.late.days': '{days} d late',
  'due.late.hours': '{hours} h late',
  'due.late.hoursMinutes': '{hours} h {minutes} min late',
  'due.late.minutes': '{minutes} min late',
  'due.left.days': '{days} d left',
  'due.left.hours': '{hours} h left',
  'due.left.hoursMinutes': '{hours} h {minutes} min left',
  'due.left.minutes': '{minutes} min left',
};
