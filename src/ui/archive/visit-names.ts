/** The kinds of visits, by name. */
export const visitNames = [
  { code: 'household', name: '入户走访', name_en: 'Visits to homes' },
  { code: 'care', name: '关爱探访', name_en: 'Care visits' },
] as const;
