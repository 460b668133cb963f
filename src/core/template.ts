/** A wording ready for use (常用语) in the form of one action. Of the product, shared by the street, or one office's own. */
export interface Template {
  id: number;
  action: string;
  title: string;
  /** With placeholders in braces. */
  words: string;
  /** Of letters only. */
  addressee: string | null;
  version: number;
  /** It belongs to the office of whoever asks, who may remove it. */
  own: boolean;
}

/** What the placeholders stand for. What is not known is empty. */
export interface TemplateFacts {
  number: string;
  courtyard: string;
  address: string;
  what: string;
  category: string;
  office: string;
  date: string;
}

const isFact = (name: string, facts: TemplateFacts): name is keyof TemplateFacts =>
  Object.hasOwn(facts, name);

/** What a fact that stayed out leaves behind: empty brackets, doubled or leading commas, doubled spaces. */
const scars: readonly [RegExp, string][] = [
  [/（\s*）|\(\s*\)|“\s*”|《\s*》|「\s*」/g, ''],
  [/([，、；：,;])\s*(?=[，。、；：,.;])/g, ''],
  [/^[，、；：。,;.]\s*/gm, ''],
  [/ {2,}/g, ' '],
  [/ +(?=[，。、；：,.;\n]|$)/g, ''],
];

/** The words with their placeholders filled; what is not known stays out cleanly, unknown placeholders stay. */
export function fillTemplate(words: string, facts: TemplateFacts): string {
  let left = false;
  const filled = words.replace(/\{(\w+)\}/g, (hole, name: string) => {
    if (!isFact(name, facts)) return hole;
    if (facts[name] === '') left = true;
    return facts[name];
  });
  return left ? scars.reduce((text, [scar, clean]) => text.replace(scar, clean), filled).trim() : filled;
}

/** Facts that belong to one issue only: in a template they would be wrong for every other. */
const particular = ['what', 'address', 'courtyard', 'number'] as const;

/** What somebody wrote, with this facts as placeholders again, so that it fits the next one. */
export function templateOf(words: string, facts: TemplateFacts): string {
  const longestFirst = [...particular].sort((a, b) => facts[b].length - facts[a].length);
  return longestFirst.reduce(
    (text, name) => (facts[name].length >= 4 ? text.replaceAll(facts[name], `{${name}}`) : text),
    words.trim(),
  );
}

/** The text with `insert` where the cursor stands, or instead of what is selected. */
export function inserted(
  text: string,
  insert: string,
  start = text.length,
  end = start,
): { text: string; cursor: number } {
  return { text: text.slice(0, start) + insert + text.slice(end), cursor: start + insert.length };
}

/** A wording to keep for the office of whoever asks. */
export type NewTemplate = Pick<Template, 'action' | 'title' | 'words' | 'addressee'>;

/** Keeps an office's own wordings; both reject with an ApiError. */
export interface TemplateKeeper {
  save(template: NewTemplate): Promise<void>;
  remove(id: number): Promise<void>;
}
