import { pinyin } from 'pinyin-pro';

/** Answers with the readings of every Chinese character from U+4E00 on, as `Readings` takes them. */
const readingsOf = (character: string): string => {
  const said = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
  return [...new Set(said)].filter((reading) => /^[a-z]+$/.test(reading)).join(',');
};

const codes = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, at) => 0x4e00 + at);
postMessage(codes.map((code) => readingsOf(String.fromCharCode(code))).join(';'));
