import { isGroup, partsOf, type Condition, type Rule } from '../../core/archive/rule.ts';

export const conditionKinds = ['field', 'cases', 'hazards', 'resources', 'visits'] as const;
export type ConditionKind = (typeof conditionKinds)[number];

export const kindOf = (condition: Condition): ConditionKind =>
  conditionKinds.find((kind) => kind in condition) ?? 'field';

/** A condition to begin with; what it is about is still open. */
export function newCondition(kind: ConditionKind): Condition {
  switch (kind) {
    case 'field':
      return { field: '', is: '>=', value: Number.NaN };
    case 'cases':
      return { cases: [], days: 90, at_least: 3 };
    case 'hazards':
      return { hazards: [], at_least: 1 };
    case 'resources':
      return { resources: [], within: 100, at_most: 0 };
    case 'visits':
      return { visits: ['household'], days: 60, at_most: 0 };
  }
}

/** Nothing in the rule is still open. */
export function whole(rule: Rule): boolean {
  if ('not' in rule) return whole(rule.not);
  if (isGroup(rule)) {
    const [, parts] = partsOf(rule);
    return parts.length > 0 && parts.every(whole);
  }
  if ('field' in rule)
    return rule.field !== '' && (!('value' in rule) || (rule.value !== '' && !Number.isNaN(rule.value)));
  const count = rule.at_least ?? rule.at_most ?? Number.NaN;
  const counts = Number.isInteger(count) && count >= (rule.at_least === undefined ? 0 : 1);
  if ('cases' in rule) return counts && (rule.open === true || (rule.days ?? 0) >= 1);
  if ('visits' in rule) return counts && rule.days >= 1;
  return counts && (!('resources' in rule) || rule.resources.length > 0);
}
