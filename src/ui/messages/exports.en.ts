import type { exportsZh } from './exports.zh.ts';

export const exportsEn: { readonly [Key in keyof typeof exportsZh]: string } = {
  all: 'All',
  issues: 'Issues',
  courtyards: 'Courtyards',
  archive: 'Archives',
  at: 'When',
  by: 'By',
  what: 'What',
  rows: 'Rows',
  reason: 'What for',
  masked: 'Masked',
  'masked.phones': 'phones masked, fields by permission',
  'masked.none': 'no reporters, words masked',
  none: 'Nothing was exported yet',
  more: 'Show earlier ones',
};
