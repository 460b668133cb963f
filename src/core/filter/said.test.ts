import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { Readings } from './readings.ts';
import { finders, fold, saidBits, wordsOf } from './said.ts';

/** As the worker sends them, for as many characters as these tests use. */
const readings = new Readings(
  Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, at) => {
    const character = String.fromCharCode(0x4e00 + at);
    if (!'东胜街号院长顺花园绿漏水安西'.includes(character)) return '';
    const said = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
    return [...new Set(said)].join(',');
  }).join(';'),
);

const finds = (text: string, said: string, known: Readings | null = readings): boolean => {
  const find = finders(text, known);
  return saidBits(find, fold(said)) === 2 ** find.length - 1;
};

describe('what one looks for', () => {
  it.each([
    ['dongsheng', '东胜街23号院'],
    ['dsj', '东胜街23号院'],
    ['dongsj23', '东胜街23号院'],
    ['dsj23hy', '东胜街23号院'],
    ['dongshengj', '东胜街23号院'],
    ['shj', '东胜街23号院'],
    ['changshun', '长顺花园'],
    ['zhangsh', '长顺花园'],
    ['lvhua', '绿花园'],
    ['loushui', '厨房漏水了'],
    ['wifi', 'ＷｉＦｉ 坏了'],
    ['ls dsj', '东胜街23号院 漏水'],
    ['漏水 dsj', '东胜街23号院 漏水'],
  ])('%s is found in %s', (text, said) => expect(finds(text, said)).toBe(true));

  it.each([
    ['dongshun', '东胜街23号院'],
    ['dsj24', '东胜街23号院'],
    ['jsd', '东胜街23号院'],
    ['d', '东胜街23号院'],
    ['漏 电', '漏水'],
  ])('%s is not found in %s', (text, said) => expect(finds(text, said)).toBe(false));

  it('is found by its sound only once the readings are here', () => {
    expect(finds('dsj', '东胜街', null)).toBe(false);
    expect(finds('东胜', '东胜街', null)).toBe(true);
  });

  it('never takes long, and an endless text counts as few words', () => {
    const began = performance.now();
    expect(finds('an'.repeat(50), '安'.repeat(400))).toBe(true);
    expect(finds(`${'an'.repeat(49)}x`, '安'.repeat(49))).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
    expect(wordsOf(Array.from({ length: 80 }, (_, n) => `w${n}`).join(' '))).toHaveLength(31);
  });
});
