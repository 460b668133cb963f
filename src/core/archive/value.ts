import { bounds, type Field } from './field.ts';
import type { Value } from './merge.ts';

/** Why a text is no value of its field. */
export type Problem = 'number' | 'whole' | 'low' | 'high' | 'choice' | 'yesno' | 'phone' | 'long';

export type Parsed = { value: Value } | { problem: Problem };

/** Longest text of a field, in characters. */
const longest = 200;

const yes = /^(是|有|对|√|✓|y|yes|true|1)$/i;
const no = /^(否|无|没有|不|×|x|n|no|false|0)$/i;

/** Full-width signs as half-width ones: what a Chinese keyboard leaves in numbers. */
const narrow = (text: string): string =>
  text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .trim();

/** The text without a unit someone wrote behind the number. */
function withoutUnit(text: string, { unit, unit_en }: Field): string {
  const found = [unit, unit_en].find((one) => one && text.toLowerCase().endsWith(one.toLowerCase()));
  return found ? text.slice(0, -found.length).trim() : text;
}

/** A share is written in percent: 30 % and 30 are 0.3. */
function parseNumber(text: string, field: Field): Parsed {
  const plain = withoutUnit(narrow(text), field).replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const bare = field.type === 'share' ? plain.replace(/\s*%$/, '') : plain;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(bare)) return { problem: 'number' };
  const value = field.type === 'share' ? Number((Number(bare) / 100).toFixed(6)) : Number(bare);
  if ((field.type === 'count' || field.type === 'year') && !Number.isInteger(value))
    return { problem: 'whole' };
  const [low, high] = bounds(field);
  if (value < low) return { problem: 'low' };
  return value > high ? { problem: 'high' } : { value };
}

/** An answer by its code, its name in either language, or its place in the list, counted from 1. */
function parseChoice(text: string, field: Field): Parsed {
  const options = field.options ?? [];
  const said = narrow(text).toLowerCase();
  const found =
    options.find(({ code }) => code === text.trim()) ??
    options.find(
      ({ name, name_en }) => narrow(name).toLowerCase() === said || narrow(name_en).toLowerCase() === said,
    ) ??
    (/^\d{1,2}$/.test(said) ? options[Number(said) - 1] : undefined);
  return found ? { value: found.code } : { problem: 'choice' };
}

/** What a spreadsheet cannot carry, and what stands around a text, is no part of it. */
const plainText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replace(/[\ufffe\uffff]/g, '')
    .trim();

function parsePhone(text: string): Parsed {
  const value = narrow(text);
  return /^[0-9+() -]{3,24}$/.test(value) ? { value } : { problem: 'phone' };
}

/** What a typed or imported text means in a field; an empty one is null: not known. */
export function parseValue(text: string, field: Field): Parsed {
  const plain = plainText(text);
  if (plain === '') return { value: null };
  switch (field.type) {
    case 'count':
    case 'number':
    case 'share':
    case 'year':
      return parseNumber(plain, field);
    case 'flag':
      if (yes.test(narrow(plain))) return { value: true };
      return no.test(narrow(plain)) ? { value: false } : { problem: 'yesno' };
    case 'choice':
      return parseChoice(plain, field);
    case 'phone':
      return parsePhone(plain);
    case 'text':
      // The database counts characters, a string's length counts pairs for the rare ones.
      return [...plain].length > longest ? { problem: 'long' } : { value: plain };
  }
}

const percent = (share: number): string => `${Number((share * 100).toFixed(4))}%`;

/** A value as it stands in its field and in a file; `parseValue` reads it back. */
export function writeValue(value: Value, field: Field, english = false): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return english ? (value ? 'yes' : 'no') : value ? '是' : '否';
  if (typeof value === 'number')
    return field.type === 'share' ? percent(value) : String(Number(value.toFixed(6)));
  if (field.type !== 'choice') return plainText(value);
  const found = field.options?.find(({ code }) => code === value);
  return found ? (english ? found.name_en : found.name) : value;
}
