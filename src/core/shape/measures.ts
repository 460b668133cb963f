type Language = 'zh' | 'en';

const rounded = (value: number): string => {
  const digits = value < 10 ? 1 : 0;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
};

/** A length in metres in words: 8.4 米, 356 米, 1.25 公里. */
export function lengthWords(metres: number, language: Language): string {
  if (metres >= 1000) return `${(metres / 1000).toFixed(2)} ${language === 'zh' ? '公里' : 'km'}`;
  return `${rounded(metres)} ${language === 'zh' ? '米' : 'm'}`;
}

/** Square metres in one mu (亩). */
const mu = 2000 / 3;

/** An area in m² in words, in mu too from a tenth of one on: 4,250 ㎡（6.37 亩）. */
export function areaWords(area: number, language: Language): string {
  const metres = `${rounded(area)} ${language === 'zh' ? '㎡' : 'm²'}`;
  if (area < mu / 10) return metres;
  const inMu = (area / mu).toFixed(2);
  return language === 'zh' ? `${metres}（${inMu} 亩）` : `${metres} (${inMu} mu)`;
}

/** A round length that a scale bar of at most `most` metres can show: 1, 2 or 5 times a power of ten. */
export function scaleLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2].find((times) => times * power <= most) ?? 1) * power;
}
