/** Words of an official letter (公文，函), after GB/T 9704. */

const endings: readonly [RegExp, string][] = [
  [/街道$/, '街道办事处'],
  [/社区$/, '社区居民委员会'],
];

/** The full name an office signs with: 少城街道 signs as 少城街道办事处. */
export const officialName = (office: string): string =>
  endings.reduce((name, [ending, full]) => name.replace(ending, full), office);

/** 2026年11月22日, the day in the street at `time` (ISO 8601). */
export function officialDay(time: string): string {
  const day = new Date(Date.parse(time) + 8 * 3_600_000);
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}

/** The paragraphs of a text; what people put before them to indent them is left to the sheet. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** To whom, with the colon that stands after it. */
export const salutation = (addressee: string): string => `${addressee.trim().replace(/[：:]$/, '')}：`;
