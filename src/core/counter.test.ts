import { expect, it } from 'vitest';
import { counterMissing, emptyForm, findYards, isBlank, newDraft, readDraft } from './counter.ts';

const yards = [
  { id: 4, name: '东井巷子1号院', name_en: null, address: '东井巷子1号' },
  { id: 1, name: '井巷子12号院', name_en: null, address: '井巷子12号' },
  { id: 2, name: '宽巷子2号院', name_en: 'Kuan Alley 2', address: '宽巷子2号' },
  { id: 3, name: '锦江苑', name_en: null, address: '井巷子2号' },
];

it('finds a yard by words of its name or address, the ones that begin so first', () => {
  expect(findYards('巷子2号', yards).map(({ id }) => id)).toEqual([2, 3]);
  expect(findYards('井巷子', yards).map(({ id }) => id)).toEqual([1, 3, 4]);
  expect(findYards('宽 ２号', yards).map(({ id }) => id)).toEqual([2]);
  expect(findYards('井巷子2', yards).map(({ id }) => id)).toEqual([3]);
  expect(findYards('2', yards, 2)).toHaveLength(2);
  expect(findYards('kuan alley', yards).map(({ id }) => id)).toEqual([2]);
  expect(findYards(' ', yards)).toEqual([]);
});

it('asks for the yard, what, who and where, and for nothing else', () => {
  expect(counterMissing(emptyForm)).toEqual(['yard', 'what', 'name', 'address']);
  expect(counterMissing({ ...emptyForm, yard: 1, what: '漏水', name: ' ', address: '2-201' })).toEqual([
    'name',
  ]);
  expect(isBlank({ ...emptyForm, channel: 'phone', yard: 2 })).toBe(true);
  expect(isBlank({ ...emptyForm, phone: '1' })).toBe(false);
});

it('brings a draft back as it was, and takes nothing else for one', () => {
  const draft = newDraft();
  const written = { ...draft, form: { ...draft.form, channel: 'visit', yard: 3, what: '漏水' } } as const;
  expect(readDraft(JSON.stringify(written))).toEqual(written);
  const sent = { ...written, tried: { ...written.form, what: '漏' } };
  expect(readDraft(JSON.stringify(sent))).toEqual(sent);
  for (const bad of [null, '', '{', '[]', '{"form":{}}', '{"key":"k","form":4}'])
    expect(readDraft(bad)).toBeNull();
  expect(readDraft('{"key":"k","form":{"channel":"fax","yard":"1","what":7}}')).toEqual({
    key: 'k',
    form: emptyForm,
    tried: null,
  });
  expect(newDraft().key).not.toBe(draft.key);
});
