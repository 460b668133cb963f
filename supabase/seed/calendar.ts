import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import chineseDays from 'chinese-days';

/** The years whose holidays the State Council had published when this was last run. */
const YEARS = [2025, 2026];

const isWeekend = (day: Date) => day.getUTCDay() % 6 === 0;

/** The days of `year` that differ from the week: a weekday off, or a weekend worked, with the holiday's name. */
export function differingDays(year: number): { day: string; working: boolean; name: string }[] {
  const found = [];
  for (
    let date = new Date(Date.UTC(year, 0, 1));
    date.getUTCFullYear() === year;
    date.setUTCDate(date.getUTCDate() + 1)
  ) {
    const day = date.toISOString().slice(0, 10);
    const { work, name } = chineseDays.getDayDetail(day);
    const [, holiday = ''] = name.split(',');
    if (work === isWeekend(date)) found.push({ day, working: work, name: work ? `${holiday}调休` : holiday });
  }
  return found;
}

/** The seed file's text. */
export function calendarSql(): string {
  const rows = YEARS.flatMap(differingDays).map(
    ({ day, working, name }) => `  ('${day}', ${working}, '${name}')`,
  );
  return `-- China's public holidays and make-up days of ${YEARS.join(' and ')}, from the package chinese-days (MIT), which follows the
-- State Council's notices. Made by calendar.ts; later years are added there, or imported by the administrator.

insert into public.calendar_days (day, working, name) values
${rows.join(',\n')}
on conflict (day) do nothing;
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(new URL('06_calendar.sql', import.meta.url), calendarSql());
