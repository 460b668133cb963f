import type { Notice } from './claim.ts';
import { plain } from './plain.ts';

/** What a step means to a resident, by its action and outcome; {office} is who has it now. */
const STEPS: Readonly<Record<'zh' | 'zh-Hant' | 'en', Readonly<Record<string, string>>>> = {
  zh: {
    report: '已替您登记，现在由{office}负责',
    accept: '{office}接手了',
    note: '{office}有回话',
    safety: '{office}提醒大家注意安全',
    hand_up: '已请{office}来办',
    dispatch: '已转给{office}处理',
    send_back: '由{office}重新安排',
    climb: '已自动转给{office}',
    letter: '{office}已发函请别的单位出力',
    grant: '还需要些时间',
    resume: '接着办了',
    resolve: '已办完，请您看看解决了没有',
    'verify.ok': '有人到现场看过，确实办好了',
    'verify.not_ok': '看过还没办好，继续办',
    decline: '这里办不了，原因和该找谁写在您的回执里',
    merge: '和同样的事合并办理',
    close: '七天没有收到您的回答，先结束了',
    other: '有新进展',
  },
  'zh-Hant': {
    report: '已替您登記，現在由{office}負責',
    accept: '{office}接手了',
    note: '{office}有回話',
    safety: '{office}提醒大家注意安全',
    hand_up: '已請{office}來辦',
    dispatch: '已轉給{office}處理',
    send_back: '由{office}重新安排',
    climb: '已自動轉給{office}',
    letter: '{office}已發函請別的單位出力',
    grant: '還需要些時間',
    resume: '接著辦了',
    resolve: '已辦完，請您看看解決了沒有',
    'verify.ok': '有人到現場看過，確實辦好了',
    'verify.not_ok': '看過還沒辦好，繼續辦',
    decline: '這裡辦不了，原因和該找誰寫在您的回執裡',
    merge: '和同樣的事合併辦理',
    close: '七天沒有收到您的回答，先結束了',
    other: '有新進展',
  },
  en: {
    report: 'It has been filed for you and is with {office} now',
    accept: '{office} has taken it on',
    note: '{office} has written to you',
    safety: '{office} asks everybody to be careful',
    hand_up: '{office} has been asked to see to it',
    dispatch: 'It has gone to {office}',
    send_back: '{office} is arranging it anew',
    climb: 'It has gone on to {office}',
    letter: '{office} has written to another body for help',
    grant: 'It needs some more time',
    resume: 'Work on it goes on',
    resolve: 'It is done: please say whether it is fixed',
    'verify.ok': 'Somebody has looked at it: it is done',
    'verify.not_ok': 'Somebody has looked at it: it is not done yet and goes on',
    decline: 'It cannot be done here; your receipt says why and where to go',
    merge: 'It is handled together with another report of the same',
    close: 'Seven days without your answer: it is closed for now',
    other: 'There is news',
  },
};

const WHOLE = {
  zh: '【数字院落】您报告的事（{number}，{courtyard}）：{step}。打开您的回执看详情。',
  'zh-Hant': '【數字院落】您報告的事（{number}，{courtyard}）：{step}。打開您的回執看詳情。',
  en: '[Digital Courtyard] Your report {number} ({courtyard}): {step}. Open your receipt for more.',
};

/**
 * What the office's own gateway gets to pass on to a resident: the number to send to, the whole text, and its parts for gateways that
 * only send templates. The words of an office or a resident are not in it: they are read by the receipt's link.
 */
export function residentMessage(notice: Notice) {
  const { id, at, phone } = notice;
  const number = notice.number ?? '';
  const lang = notice.lang === 'en' || notice.lang === 'zh-Hant' ? notice.lang : 'zh';
  const [action = ''] = notice.notice.split('.');
  const words = STEPS[lang];
  const office = plain(notice.office);
  const step = (words[notice.notice] ?? words[action] ?? words['other'] ?? '').replace(
    '{office}',
    () => office,
  );
  const courtyard = plain(notice.courtyard);
  const text = WHOLE[lang]
    .replace('{number}', number)
    .replace('{courtyard}', () => courtyard)
    .replace('{step}', () => step);
  return { id, kind: 'resident_message', phone, lang, text, number, courtyard, office, step, at };
}
