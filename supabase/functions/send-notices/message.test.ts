import { expect, it } from 'vitest';
import { staffZh } from '../../../src/ui/messages/staff.zh.ts';
import type { Notice } from './claim.ts';
import { bodyOf, NOTICES, textOf } from './message.ts';

const notice: Notice = {
  id: '30000000-0000-4000-8000-000000000001',
  notice: 'warned',
  at: '2026-11-23T01:00:00+00:00',
  number: '2611-00042',
  courtyard: '小巷院',
  category: '路灯楼道灯',
  state: 'handling',
  due_at: '2026-11-23T16:05:00+00:00',
  office: '西社区',
  phone: null,
  lang: null,
};

it('one notice is told in full, with its time in China', () => {
  expect(textOf([notice])).toBe(
    '【数字院落】快到期\n院落：小巷院\n类别：路灯楼道灯\n编号：2611-00042\n单位：西社区\n时限：11月24日 00:05',
  );
});

it('several are a line each, and what is not known is left out', () => {
  const lines = textOf([notice, { ...notice, notice: 'later_kind', due_at: null, courtyard: null }]).split(
    '\n',
  );
  expect(lines).toEqual([
    '【数字院落】2 条提醒',
    '快到期 小巷院 路灯楼道灯 2611-00042 西社区 11月24日 00:05',
    '有变化 路灯楼道灯 2611-00042 西社区',
  ]);
});

it('fifteen notices fit the longest WeCom text, however long the names', () => {
  const long = {
    ...notice,
    notice: 'climbed',
    courtyard: '长'.repeat(80),
    category: '类'.repeat(80),
    office: '办'.repeat(80),
  };
  const text = textOf(Array.from({ length: 15 }, () => long));
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  expect(text.split('\n')).toHaveLength(16);
  expect(text).toMatch(/长{5,}… 类{5,}… 2611-00042/);
});

it('a name cannot look like another line, call anyone or break the JSON', () => {
  const body = bodyOf({
    kind: 'dingtalk',
    notices: [{ ...notice, courtyard: 'a"}\r\n时限：\u2028已取消\u202e @all <@zhang> \\' }],
  });
  const { text } = JSON.parse(body);
  expect(text.content.split('\n')).toHaveLength(6);
  expect(text.content).toContain('院落：a"} 时限： 已取消 ＠all <＠zhang> \\');
});

it('both robots get plain text, a generic receiver the notice itself', () => {
  for (const kind of ['wecom', 'dingtalk'] as const)
    expect(JSON.parse(bodyOf({ kind, notices: [notice] }))).toEqual({
      msgtype: 'text',
      text: { content: textOf([notice]) },
    });
  const { phone: _phone, lang: _lang, ...said } = notice;
  expect(JSON.parse(bodyOf({ kind: 'generic', notices: [notice] }))).toEqual(said);
});

it('a resident’s message has the number to send to, whole sentences in their language, and parts for templates', () => {
  const to = (over: object) =>
    JSON.parse(
      bodyOf({ kind: 'generic', notices: [{ ...notice, phone: '13800138000', lang: 'zh', ...over }] }),
    );
  expect(to({ notice: 'accept' })).toEqual({
    id: notice.id,
    kind: 'resident_message',
    phone: '13800138000',
    lang: 'zh',
    text: '【数字院落】您报告的事（2611-00042，小巷院）：西社区接手了。打开您的回执看详情。',
    number: '2611-00042',
    courtyard: '小巷院',
    office: '西社区',
    step: '西社区接手了',
    at: notice.at,
  });
  expect(to({ notice: 'verify.not_ok', lang: 'en' }).text).toBe(
    '[Digital Courtyard] Your report 2611-00042 (小巷院): Somebody has looked at it: it is not done yet and goes on. Open your receipt for more.',
  );
  expect(to({ notice: 'later_kind', lang: 'zh-Hant' }).step).toBe('有新進展');
  expect(to({ notice: 'accept', office: '$& 社区' }).step).toBe('$& 社区接手了');
});

it('uses the words of the staff’s inbox', () => {
  const shown = Object.entries(staffZh).filter(([key]) => /^notices\.(?!empty|other)[a-z_]+$/.test(key));
  for (const [kind, words] of Object.entries(NOTICES))
    expect(shown).toContainEqual([`notices.${kind}`, words]);
});
