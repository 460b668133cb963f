import { describe, expect, it } from 'vitest';
import { fillTemplate, inserted, templateOf, type TemplateFacts } from './template.ts';

const facts: TemplateFacts = {
  number: '2611-00123',
  courtyard: '东胜街23号院',
  address: '东胜街23号',
  what: '二楼水管漏水',
  category: '渗漏水',
  office: '宽巷子社区',
  date: '11月22日',
};
const without = (...names: (keyof TemplateFacts)[]): TemplateFacts => ({
  ...facts,
  ...Object.fromEntries(names.map((name) => [name, ''])),
});

describe('filling a template', () => {
  it('puts in what is known', () => {
    expect(fillTemplate('关于{courtyard}（{address}）{what}（编号 {number}）的函', facts)).toBe(
      '关于东胜街23号院（东胜街23号）二楼水管漏水（编号 2611-00123）的函',
    );
  });

  it('leaves out what is not known without a trace', () => {
    const words = '关于{courtyard}（{address}）的{category}，{office}，{date}已到现场。';
    expect(fillTemplate(words, without('address', 'office'))).toBe(
      '关于东胜街23号院的渗漏水，11月22日已到现场。',
    );
    expect(fillTemplate('{office}：{what}', without('office'))).toBe('二楼水管漏水');
    expect(fillTemplate('已处理 {address} 。', without('address'))).toBe('已处理。');
  });

  it('changes nothing else: brackets, spaces and lines somebody wrote', () => {
    expect(fillTemplate('一、（ ）\n  二、{number}', facts)).toBe('一、（ ）\n  二、2611-00123');
    expect(fillTemplate('{weather}', facts)).toBe('{weather}');
  });
});

it('keeps one issue’s facts out of a template', () => {
  expect(templateOf(' 东胜街23号院的{category}（2611-00123）已修好 ', facts)).toBe(
    '{courtyard}的{category}（{number}）已修好',
  );
  expect(templateOf('灯坏了，已换灯', { ...facts, what: '灯坏了' })).toBe('灯坏了，已换灯');
});

it('inserts at the cursor, or instead of what is selected', () => {
  expect(inserted('', '好')).toEqual({ text: '好', cursor: 1 });
  expect(inserted('已修，请看', '好', 2)).toEqual({ text: '已修好，请看', cursor: 3 });
  expect(inserted('已坏，请看', '修', 1, 2)).toEqual({ text: '已修，请看', cursor: 2 });
});
