import type { Field } from '../../core/archive/field.ts';

/** The letters (a digit would be typed into a number) a field is reached by: its pinyin initials, or the initials of its English name; as few as tell it from all others. */
export type FieldKeys = ReadonlyMap<string, string>;

/** Shortest letters first by which each name differs from those before it; one more letter tells the last ones apart. */
function shortest(initials: readonly (readonly [code: string, letters: string])[]): FieldKeys {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const [code, letters] of initials) {
    const pick = [1, 2, 3, 4]
      .map((length) => letters.slice(0, length))
      .find((key) => key.length > 0 && !taken.has(key));
    let key = pick ?? letters;
    for (let n = 0; key === '' || taken.has(key); n++)
      key = `${letters}${String.fromCharCode(97 + (n % 26))}`;
    taken.add(key);
    keys.set(code, key);
  }
  return keys;
}

const latin = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .map((word) => word.slice(0, 1))
    .join('');

/** Letters for these fields, those asked first having the shortest. Loads the pinyin table when it is first needed. */
export async function fieldKeys(fields: readonly Field[], english: boolean): Promise<FieldKeys> {
  if (english) return shortest(fields.map(({ code, name_en }) => [code, latin(name_en)]));
  const { pinyin } = await import('pinyin-pro');
  return shortest(
    fields.map(({ code, name }) => {
      const letters = pinyin(name, {
        pattern: 'first',
        toneType: 'none',
        type: 'array',
        nonZh: 'consecutive',
      });
      return [
        code,
        letters
          .join('')
          .toLowerCase()
          .replace(/[^a-z]/g, ''),
      ];
    }),
  );
}

/** The field that typed letters mean: the one whose letters they are, else the only one whose letters or name begin so. */
export function fieldOf(typed: string, fields: readonly Field[], keys: FieldKeys): Field | null {
  const said = typed.trim().toLowerCase();
  if (said === '') return null;
  const exact = fields.find(({ code }) => keys.get(code) === said);
  if (exact) return exact;
  return (
    fields.find(({ code }) => keys.get(code)?.startsWith(said)) ??
    fields.find(({ name, name_en }) => name.includes(said) || name_en.toLowerCase().includes(said)) ??
    null
  );
}
