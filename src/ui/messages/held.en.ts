import type { heldZh } from './held.zh.ts';

export const heldEn: { readonly [Key in keyof typeof heldZh]: string } = {
  done: 'Done.',
  'held.empty': 'No report waits to be looked at.',
  'held.reason.words': 'Contains a listed word',
  'held.reason.link': 'Contains a link',
  'held.reason.marked': 'From a marked phone',
  'held.restore': 'Restore: handle it',
  'held.aside': 'Put aside',
  'held.restored': 'Restored as {number}',
  'held.put': 'Put aside; can be restored for 30 days',
  'guard.title': 'When too many come',
  'guard.now': '{count} in the last hour, {held} to look at.',
  'guard.off': 'No guard',
  'guard.busy': 'When busy, phones calculate a little longer',
  'guard.flood': 'Flood: every phone calculates longer',
  'guard.lead': 'Phones do it by themselves; nobody sees a puzzle, and nobody is shut out.',
  'guard.words': 'Look first at reports with these words (separated by spaces)',
  'guard.links': 'Look first at reports with a link',
  'guard.save': 'Save',
};
