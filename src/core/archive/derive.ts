import type { Field, Formula, Operator } from './field.ts';
import type { Value, Values } from './merge.ts';

/** What a formula gives; null where a part is unknown or a divisor is 0. */
export function evaluate(formula: Formula, values: Values): number | null {
  if (typeof formula === 'number') return formula;
  if (typeof formula === 'string') {
    const value = values[formula];
    return typeof value === 'number' ? value : null;
  }
  const [operator, ...rest] = formula;
  const parts = rest.map((part) => evaluate(part, values));
  if (parts.includes(null)) return null;
  const [first = 0, ...others] = parts as number[];
  if (operator === '/' && others.includes(0)) return null;
  return others.reduce((sum, part) => {
    if (operator === '+') return sum + part;
    if (operator === '-') return sum - part;
    return operator === '*' ? sum * part : sum / part;
  }, first);
}

/** The values with the derived fields worked out anew, to four places as the database keeps them. */
export function withDerived(fields: readonly Field[], values: Values): Values {
  const derived: Record<string, Value> = {};
  for (const { code, formula } of fields) {
    if (formula === null) continue;
    const value = evaluate(formula, values);
    derived[code] = value === null ? null : Math.round(value * 10_000) / 10_000;
  }
  return { ...values, ...derived };
}

/** The fields a formula reads. */
export const reads = (formula: Formula): string[] =>
  typeof formula === 'string'
    ? [formula]
    : typeof formula === 'number'
      ? []
      : formula.slice(1).flatMap((part) => reads(part));

/** A formula of `reads` as people write it: (registered + floating) × 2. */
export function formulaWords(formula: Formula, name: (code: string) => string, inner = false): string {
  if (typeof formula === 'number') return String(formula);
  if (typeof formula === 'string') return name(formula);
  const [operator, ...parts] = formula;
  const sign = { '+': ' + ', '-': ' − ', '*': ' × ', '/': ' ÷ ' }[operator];
  const words = parts.map((part) => formulaWords(part, name, true)).join(sign);
  return inner ? `(${words})` : words;
}

/** A formula as it is typed, over the fields' codes: `elderly_60 / (registered + floating)`. */
export function writeFormula(formula: Formula, inner = false): string {
  if (!Array.isArray(formula)) return String(formula);
  const [operator, ...parts] = formula as [string, ...Formula[]];
  const text = parts.map((part) => writeFormula(part, true)).join(` ${operator} `);
  return inner ? `(${text})` : text;
}

/** Reads what `writeFormula` writes, and what people type; null when it is no formula. */
export function parseFormula(text: string): Formula | null {
  const plain = text
    .replaceAll('×', '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replaceAll('（', '(')
    .replaceAll('）', ')');
  const tokens = plain.match(/[a-z]\w*|\d+(?:\.\d+)?|\S/g) ?? [];
  let at = 0;

  function part(): Formula | null {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const inner = sum();
      return tokens[at++] === ')' ? inner : null;
    }
    if (/^\d/.test(token)) return Number(token);
    return /^[a-z]/.test(token) ? token : null;
  }
  function chain(next: () => Formula | null, operators: readonly Operator[]): Formula | null {
    let left = next();
    for (;;) {
      const operator = operators.find((one) => one === tokens[at]);
      if (left === null || operator === undefined) return left;
      at++;
      const right = next();
      if (right === null) return null;
      // a + b + c is one sum of three.
      const joins = Array.isArray(left) && left[0] === operator && tokens[at - 2] !== ')';
      left = joins
        ? [operator, ...((left as readonly [Operator, ...Formula[]]).slice(1) as Formula[]), right]
        : [operator, left, right];
    }
  }
  const product = (): Formula | null => chain(part, ['*', '/']);
  const sum = (): Formula | null => chain(product, ['+', '-']);

  const formula = sum();
  return at === tokens.length ? formula : null;
}
