export interface Option {
  value: string;
  name: string;
  count: number;
}

/** The values that occur, each with its name and how often; the most frequent first. */
export function tally(pairs: (readonly [value: string, name: string])[]): Option[] {
  const found = new Map<string, Option>();
  for (const [value, name] of pairs) {
    const option = found.get(value) ?? { value, name, count: 0 };
    option.count++;
    found.set(value, option);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
