/** Times and numbers in words, always in the street's own time zone, whatever the device is set to. */

type Language = 'zh' | 'en';
type Time = string | number | Date;

const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const monthNumber = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'numeric' });
const weekdays: Readonly<Record<string, string>> = {
  Sun: '周日',
  Mon: '周一',
  Tue: '周二',
  Wed: '周三',
  Thu: '周四',
  Fri: '周五',
  Sat: '周六',
};

function parts(time: Time) {
  const date = new Date(time);
  const found: Record<string, string> = {};
  for (const part of clock.formatToParts(date)) found[part.type] = part.value;
  const { year = '', month = '', day = '', weekday = '', hour = '', minute = '' } = found;
  return { year, month, day, weekday, at: `${hour}:${minute}`, monthNumber: monthNumber.format(date) };
}

/** 11月22日 周日 / Sun 22 Nov; with the year when it is not this one. */
export function formatDay(time: Time, language: Language, now: Time = Date.now()): string {
  const { year, month, monthNumber, day, weekday } = parts(time);
  const thisYear = parts(now).year === year;
  if (language === 'en') return `${weekday} ${day} ${month}${thisYear ? '' : ` ${year}`}`;
  return `${thisYear ? '' : `${year}年`}${monthNumber}月${day}日 ${weekdays[weekday] ?? ''}`;
}

/** 11月22日 周日 14:05 / Sun 22 Nov 14:05. */
export function formatMoment(time: Time, language: Language, now: Time = Date.now()): string {
  return `${formatDay(time, language, now)} ${parts(time).at}`;
}

/** A span in its largest fitting unit: 5 分钟 / 3 小时 / 2 天. `span` in milliseconds, its sign is ignored. */
export function formatSpan(span: number, language: Language): string {
  const minutes = Math.max(1, Math.round(Math.abs(span) / 60_000));
  const hours = Math.round(minutes / 60);
  const [count, zh, en] =
    minutes < 60
      ? [minutes, '分钟', 'minute']
      : hours < 48
        ? [hours, '小时', 'hour']
        : [Math.round(hours / 24), '天', 'day'];
  return language === 'zh' ? `${count} ${zh}` : `${count} ${en}${count === 1 ? '' : 's'}`;
}

/** 刚刚, 5 分钟前, 3 小时前 within a day; the moment itself after that. Only for times that have passed. */
export function formatAgo(time: Time, language: Language, now: Time = Date.now()): string {
  const passed = Number(new Date(now)) - Number(new Date(time));
  if (passed >= 86_400_000 || passed < -60_000) return formatMoment(time, language, now);
  if (passed < 60_000) return language === 'zh' ? '刚刚' : 'just now';
  return language === 'zh' ? `${formatSpan(passed, language)}前` : `${formatSpan(passed, language)} ago`;
}

/** 12,345 with separators. The unit is the caller's: a number never stands alone. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A file's size: 0.4 MB, 5 MB. */
export function formatMegabytes(bytes: number): string {
  return `${Number((bytes / 1_048_576).toFixed(1))} MB`;
}
