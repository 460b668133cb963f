import type { Claim, Notice } from './claim.ts';
import { plain } from './plain.ts';
import { residentMessage } from './resident-message.ts';

/** What a notice is called; the same words as in the staff's inbox. */
export const NOTICES: Readonly<Record<string, string>> = {
  arrived: '新到',
  warned: '快到期',
  late: '已超时',
  climbed: '无人受理，自动上报',
  asked: '有申请等您决定',
  granted: '申请已同意',
  refused: '申请未同意',
  sent_back: '部门退单',
  verify: '等您核查',
  not_ok: '核查不属实',
  answered_no: '居民说没解决',
  reopened: '居民要求重新办理',
  withdrawn: '居民撤回',
  task: '请您协办',
  task_done: '协办已完成',
  task_waived: '协办已免除',
  letter_due: '去函到期未回',
  round_opened: '季度更新开始了',
  round_due: '季度更新快到期',
  round_late: '季度更新已超期',
  round_returned: '街道退回，请再核',
  hazard_due: '隐患该检查了',
  hazard_late: '隐患整改超期',
  offer_claimed: '闲置资源或项目有人认领',
};

/** A DingTalk robot may be told to pass on only messages with a certain word: this one is in all of them. */
const HEADING = '【数字院落】';

/** The longest text WeCom takes, in bytes of UTF-8 (developer.work.weixin.qq.com/document/path/91770); DingTalk takes more. */
const MOST_BYTES = 2048;

/** How many characters of a name are shown, tried from the first to the last until the message fits. */
const WIDTHS = [40, 24, 16, 11, 8, 6];

/**
 * The body of a message, as its receiver wants it. Robots get plain text: WeChat, where many read their WeCom groups, shows no
 * markdown of a robot, and plain text has nothing that a yard's name could break.
 */
export function bodyOf({ kind, notices }: Pick<Claim, 'kind' | 'notices'>): string {
  if (kind !== 'generic') return JSON.stringify({ msgtype: 'text', text: { content: textOf(notices) } });
  const [notice] = notices;
  if (!notice) return '{}';
  if (notice.phone) return JSON.stringify(residentMessage(notice));
  const { phone: _phone, lang: _lang, ...said } = notice;
  return JSON.stringify(said);
}

/** Notices in Chinese words: one in full, several a line each. */
export function textOf(notices: readonly Notice[]): string {
  const [only] = notices;
  if (only && notices.length === 1) return inFull(only);
  const texts = WIDTHS.map((width) => asList(notices, width));
  return texts.find((text) => new TextEncoder().encode(text).length <= MOST_BYTES) ?? texts.at(-1) ?? '';
}

function inFull(notice: Notice): string {
  return [
    `${HEADING}${wordsOf(notice)}`,
    line('院落', notice.courtyard),
    line('类别', notice.category),
    line('编号', notice.number),
    line('单位', notice.office),
    line('时限', shown(notice.due_at)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function asList(notices: readonly Notice[], width: number): string {
  const lines = notices.map((notice) =>
    [
      wordsOf(notice),
      plain(notice.courtyard, width),
      plain(notice.category, width),
      plain(notice.number),
      plain(notice.office, width),
      shown(notice.due_at),
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
  return [`${HEADING}${notices.length} 条提醒`, ...lines].join('\n');
}

function wordsOf({ notice }: Notice): string {
  return NOTICES[notice] ?? '有变化';
}

function line(name: string, value: string | null): string {
  const text = plain(value);
  return text === '' ? '' : `${name}：${text}`;
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A time as “11月23日 17:00”, in China's; '' when there is none. */
function shown(time: string | null): string {
  if (time === null || Number.isNaN(Date.parse(time))) return '';
  const parts = Object.fromEntries(
    clock.formatToParts(new Date(time)).map(({ type, value }) => [type, value]),
  );
  return `${parts['month']}月${parts['day']}日 ${parts['hour']}:${parts['minute']}`;
}
