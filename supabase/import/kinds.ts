const words = {
  quarter: ['quarter', '住宅小区', '小区', '商品房小区', '商品房'],
  yard: ['yard', '院落', '老旧院落', '老院落', '老旧小区'],
  danwei: ['danwei', '单位宿舍', '单位院落', '单位大院', '宿舍'],
  heritage: ['heritage', '历史院落', '历史建筑', '文保院落', '文保'],
};

const kindOf = new Map(Object.entries(words).flatMap(([kind, names]) => names.map((name) => [name, kind])));

/** The words a file may use for a courtyard's kind, for the message that refuses another. */
export const kindWords = Object.values(words).map(([code, name]) => `${name} (${code})`);

/** The code of a kind named in Chinese or by its code; null for an unknown word. */
export function kindNamed(word: string): string | null {
  return kindOf.get(word.toLowerCase()) ?? null;
}
