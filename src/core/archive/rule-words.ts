import type { Field } from './field.ts';
import { isGroup, partsOf, type Condition, type Count, type FieldCondition, type Rule } from './rule.ts';
import { writeValue } from './value.ts';

type Counted = 'cases' | 'hazards' | 'resources' | 'visits';

/** Names of what a rule speaks of, by code. */
export interface RuleNames {
  field(code: string): Field | undefined;
  /** A category, a kind of hazard, of resource or of visit. */
  thing(kind: Counted, code: string): string;
  english: boolean;
}

const signs: Readonly<Record<string, [zh: string, en: string]>> = {
  '=': ['是', 'is'],
  '<>': ['不是', 'is not'],
  '<': ['低于', 'is below'],
  '<=': ['不超过', 'is at most'],
  '>': ['高于', 'is above'],
  '>=': ['达到', 'is at least'],
  known: ['已填写', 'is known'],
  unknown: ['没有填写', 'is not known'],
};

function fieldWords(condition: FieldCondition, names: RuleNames): string {
  const field = names.field(condition.field);
  const name = field ? (names.english ? field.name_en : field.name) : condition.field;
  const [zh, en] = signs[condition.is] ?? ['', ''];
  const gap = names.english ? ' ' : '';
  if (!('value' in condition)) return `${name}${gap}${names.english ? en : zh}`;
  const value = field ? writeValue(condition.value, field, names.english) : String(condition.value);
  const unit =
    field && typeof condition.value === 'number' ? (names.english ? field.unit_en : field.unit) : null;
  return `${name} ${names.english ? en : zh} ${value}${unit && field?.type !== 'share' && field?.type !== 'year' ? ` ${unit}` : ''}`;
}

function countWords({ at_least, at_most }: Count, unit: string, english: boolean): string {
  if (at_least !== undefined) {
    if (at_least === 1) return english ? 'at least one' : '有';
    return english ? `${at_least} or more` : `达到${at_least}${unit}`;
  }
  if (at_most === 0) return english ? 'no' : '没有';
  return english ? `at most ${at_most}` : `不超过${at_most ?? 0}${unit}`;
}

const plural = (word: string, { at_least }: Count): string => (at_least === 1 ? word : `${word}s`);

/** A name within an English sentence; one like AED stays as it is. */
const lower = (name: string): string => name.replace(/^[A-Z](?![A-Z])/, (first) => first.toLowerCase());

function list(kind: Counted, codes: readonly string[], any: string, names: RuleNames): string {
  const said = codes.map((code) => (names.english ? lower : String)(names.thing(kind, code)));
  return said.length === 0 ? any : said.join(names.english ? ' or ' : '或');
}

/** In Chinese the number stands behind what is counted, but “有” and “没有” stand before it. */
function counted(where: string, what: string, count: Count, unit: string): string {
  const words = countWords(count, unit, false);
  return words === '有' || words === '没有' ? `${where}${words}${what}` : `${where}${what}${words}`;
}

function conditionWords(condition: Condition, names: RuleNames): string {
  if ('field' in condition) return fieldWords(condition, names);
  if ('cases' in condition) {
    const what = list('cases', condition.cases, names.english ? 'any matter' : '各类诉求', names);
    const when = condition.open ? '当前' : `近${condition.days ?? 0}天`;
    if (!names.english)
      return counted(when, `${what}${condition.cases.length > 0 ? '诉求' : ''}`, condition, '件');
    const span = condition.open ? 'still open' : `in the last ${condition.days ?? 0} days`;
    return `${countWords(condition, '', true)} ${plural('report', condition)} of ${what} ${span}`;
  }
  if ('hazards' in condition) {
    const level = ['', '一般及以上', '较大及以上', '重大'][condition.level ?? 0] ?? '';
    const what = list('hazards', condition.hazards, names.english ? 'any kind' : '安全隐患', names);
    if (!names.english)
      return counted('', `${condition.late ? '逾期未整改的' : '未整改的'}${level}${what}`, condition, '处');
    const rank = condition.level && condition.level > 1 ? ` of level ${condition.level} or worse` : '';
    return `${countWords(condition, '', true)} ${condition.late ? 'overdue ' : ''}open ${plural('hazard', condition)} (${what})${rank}`;
  }
  if ('visits' in condition) {
    const what = list('visits', condition.visits, names.english ? 'any kind' : '走访', names);
    if (!names.english) return counted(`近${condition.days}天`, what, condition, '次');
    return `${countWords(condition, '', true)} ${plural('visit', condition)} (${what}) in the last ${condition.days} days`;
  }
  const what = list('resources', condition.resources, '', names);
  if (!names.english)
    return counted(condition.within ? `${condition.within}米内` : '院内', what, condition, '处');
  const where = condition.within ? `within ${condition.within} m` : 'in the courtyard';
  return `${countWords(condition, '', true)} ${what} ${where}`;
}

/** A rule as one plain sentence, without its full stop: 60岁以上占比 达到 30%，且100米内没有消火栓. */
export function ruleWords(rule: Rule, names: RuleNames, inner = false): string {
  if ('not' in rule) {
    const words = ruleWords(rule.not, names, true);
    return names.english ? `not (${words})` : `并非（${words}）`;
  }
  if (!isGroup(rule)) return conditionWords(rule, names);
  const [word, parts] = partsOf(rule);
  const said = parts.map((part) => ruleWords(part, names, true));
  const joined = said.join(
    names.english ? (word === 'all' ? ', and ' : ', or ') : word === 'all' ? '，且' : '，或',
  );
  if (!inner || parts.length < 2) return joined;
  return names.english ? `(${joined})` : `（${joined}）`;
}
