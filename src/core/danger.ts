/** The numbers that help where somebody is in danger: police, ambulance, fire and rescue. */
export type HelpNumber = '110' | '120' | '119';

const told: readonly (readonly [words: RegExp, numbers: readonly HelpNumber[]])[] = [
  [/打人|打架|[抢搶]劫|砍人|持刀|威[胁脅]|attack/i, ['110', '120', '119']],
  [
    /[晕暈][倒过過]|昏[倒迷]|流血|受[伤傷]|摔[伤傷倒断斷]|喘不|心[脏臟]病|injur|faint|bleed/i,
    ['120', '119', '110'],
  ],
  [/[着著起失]火(?![锅鍋])|火[灾災]|冒[烟煙]|爆炸|on fire|burning|explo/i, ['119', '110', '120']],
];

/**
 * The numbers to call before anything else, the first one first: where the words tell of danger to life, or the matter itself is
 * one (`urgent`: then fire and rescue). Null: nobody is in danger.
 */
export function helpFor(what: string, urgent: boolean): readonly HelpNumber[] | null {
  const found = told.find(([words]) => words.test(what));
  return found?.[1] ?? (urgent ? ['119', '110', '120'] : null);
}
