import { expect, test } from 'vitest';
import { newParcelCode, parcelName, readParcelCode, seal, unseal } from './parcel.ts';

test('a parcel opens with its code and with no other', () => {
  const code = newParcelCode();
  const text = JSON.stringify([{ key: 'x', what: '三楼漏水，已经两天了'.repeat(20) }]);
  const sealed = seal(code, text);
  expect(unseal(code, sealed)).toBe(text);
  const other = code.slice(0, 11) + (code.endsWith('0') ? '1' : '0');
  expect(unseal(other, sealed)).toBeNull();
  expect(unseal(code, sealed.slice(0, -2) + (sealed.endsWith('00') ? '01' : '00'))).toBeNull();
  expect(unseal(code, 'nonsense')).toBeNull();
  expect(sealed).not.toContain('漏水');
});

test('a code survives being read aloud, and says where without saying what', () => {
  expect(readParcelCode(' ABCD-EFGH-JKoI ')).toBe('abcdefghjk01');
  expect(readParcelCode('abc')).toBeNull();
  expect(parcelName('abcde1234567')).toBe(parcelName('abcde7654321'));
  expect(parcelName('abcde1234567')).toMatch(/^[0-9a-f]{64}$/);
});
