import { expect, test } from 'vitest';
import { readScan, spokenCode } from './courtyard-code.ts';

const own = 'yard.example';

test('a code is printed in groups of four capitals', () => {
  expect(spokenCode('4a9c7qxr2mkt0v3w8')).toBe('4A9C 7QXR 2MKT 0V3W 8');
});

test('an address of ours gives its code', () => {
  expect(readScan(' https://yard.example/c/4a9c7qxr2mkt0v3w8 ', own)).toEqual({
    kind: 'code',
    code: '4a9c7qxr2mkt0v3w8',
  });
});

test('a code typed by hand is taken as it is', () => {
  expect(readScan('4A9C 7QXR', own)).toEqual({ kind: 'code', code: '4A9C 7QXR' });
});

test.each([
  ['https://yard.example.evil.cn/c/4a9c7qxr2mkt0v3w8', 'yard.example.evil.cn'],
  ['http://yard.example:8080/c/4a9c7qxr2mkt0v3w8', 'yard.example:8080'],
  ['https://yard.example/pay?c=4a9c7qxr2mkt0v3w8', 'yard.example'],
  ['weixin://pay/abc', 'pay'],
  ['tel:110', 'tel:110'],
])('%s leads elsewhere', (text, host) => {
  expect(readScan(text, own)).toEqual({ kind: 'elsewhere', host });
});
