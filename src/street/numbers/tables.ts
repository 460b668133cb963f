import { closedWithin, minutesBetween, overall, share, stepOrder } from '../../core/numbers.ts';
import type { IssueTimes, Numbers, OnTime } from '../../core/numbers.ts';
import type { Cell } from '../../core/numbers-csv.ts';
import { common } from '../../ui/common.ts';
import { nameOf, t } from './words.ts';

/** How a column is shown and saved: a share is a fraction of 1. */
export type Kind = 'text' | 'count' | 'share';

/** One set of figures: the same for the screen, the CSV and the workbook. */
export interface Table {
  title: string;
  head: { name: string; kind: Kind }[];
  rows: Cell[][];
}

const text = (name: string) => ({ name, kind: 'text' as const });
const count = (name: string) => ({ name, kind: 'count' as const });

const onTimeHead = () => [
  count(t('numbers.col.decided')),
  count(t('numbers.inTime')),
  count(t('numbers.late')),
  { name: t('numbers.onTime'), kind: 'share' as const },
];
const onTimeCells = ({ on_time, decided }: OnTime): Cell[] => [
  decided,
  on_time,
  decided - on_time,
  share(on_time, decided),
];

/** The steps in the order an issue takes them; those that did not occur are left out. */
export const stepsOf = ({ by_step }: Numbers): Numbers['by_step'] =>
  stepOrder.flatMap((step) => by_step.filter((one) => one.step === step));

export const byStep = (numbers: Numbers): Table => ({
  title: t('numbers.byStep'),
  head: [text(t('numbers.col.step')), ...onTimeHead()],
  rows: stepsOf(numbers).map((row) => [t(`numbers.step.${row.step}`), ...onTimeCells(row)]),
});

export const byHolder = (numbers: Numbers): Table => ({
  title: t('numbers.byHolder'),
  head: [text(t('numbers.col.holder')), text(t('numbers.col.level')), ...onTimeHead()],
  rows: numbers.by_holder.map((row) => [nameOf(row), t(`numbers.level.${row.level}`), ...onTimeCells(row)]),
});

export const byCategory = (numbers: Numbers): Table => ({
  title: t('numbers.byCategory'),
  head: [
    text(t('numbers.col.category')),
    count(t('numbers.reported')),
    count(t('numbers.closedFigure')),
    ...onTimeHead(),
  ],
  rows: numbers.by_category.map((row) => [nameOf(row), row.reported, row.closed, ...onTimeCells(row)]),
});

export const byWeek = (numbers: Numbers): Table => ({
  title: t('numbers.byWeek'),
  head: [text(t('numbers.col.week')), count(t('numbers.reported')), count(t('numbers.closedFigure'))],
  rows: numbers.by_week.map(({ week, reported, closed }) => [week, reported, closed]),
});

export const byLevel = (numbers: Numbers): Table => ({
  title: t('numbers.closed'),
  head: [
    text(t('numbers.col.level')),
    count(t('numbers.closedFigure')),
    { name: t('numbers.col.share'), kind: 'share' },
  ],
  rows: [
    ...closedWithin(numbers.closed_by_level).map(({ level, count: n }) => [
      t(`numbers.within.${level}`),
      n,
      share(n, numbers.closed),
    ]),
    [
      t('numbers.within.department', { count: '' }).trim(),
      numbers.closed_by_level.department,
      share(numbers.closed_by_level.department, numbers.closed),
    ],
  ],
});

/** Every single figure with its unit; times as the database counts them. */
export function overview(numbers: Numbers): Table {
  const { on_time, decided } = overall(numbers.by_step);
  const issues = t('numbers.unit.issues');
  const times = t('numbers.unit.times');
  const percent = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 10);
  const spread = (figure: string, { median, p90 }: Numbers['accept_minutes'], unit: string): Cell[][] => [
    [t('numbers.median', { figure }), median, unit],
    [t('numbers.p90', { figure }), p90, unit],
  ];
  return {
    title: t('numbers.summary'),
    head: [text(t('numbers.col.figure')), count(t('numbers.col.value')), text(t('numbers.col.unit'))],
    rows: [
      [t('numbers.reported'), numbers.reported, issues],
      [t('numbers.closedFigure'), numbers.closed, issues],
      [t('numbers.declined'), numbers.declined, issues],
      [t('numbers.merged'), numbers.merged, issues],
      [t('numbers.withdrawn'), numbers.withdrawn, issues],
      [t('numbers.col.decided'), decided, t('numbers.unit.steps')],
      [t('numbers.onTime'), percent(share(on_time, decided)), t('numbers.unit.share')],
      ...spread(t('numbers.acceptTime'), numbers.accept_minutes, t('numbers.unit.minutes')),
      ...spread(t('numbers.solveTime'), numbers.solve_hours, t('numbers.unit.hours')),
      [t('numbers.returns'), numbers.returns, times],
      [t('numbers.reopened'), numbers.reopened, times],
      [t('numbers.answeredNo'), numbers.answered_no, times],
      [t('numbers.verified'), numbers.verified, times],
      [t('numbers.falseClosings'), numbers.false_closings, times],
    ],
  };
}

export const allTables = (numbers: Numbers): Table[] =>
  [overview, byLevel, byStep, byHolder, byCategory, byWeek].map((table) => table(numbers));

/** A moment as spreadsheets sort it, in Chinese time. */
const moment = (at: string | null): string | null =>
  at === null ? null : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** One row for each issue. */
export const issueTable = (issues: readonly IssueTimes[], english: boolean): Table => ({
  title: t('numbers.fileIssues'),
  head: [
    ...(['number', 'community', 'courtyard', 'category', 'state', 'level', 'holder'] as const).map((key) =>
      text(t(`numbers.col.${key}`)),
    ),
    ...(['createdAt', 'promisedAt', 'acceptedAt', 'resolvedAt', 'endedAt'] as const).map((key) =>
      text(t(`numbers.col.${key}`)),
    ),
    ...(['acceptMinutes', 'solveMinutes'] as const).map((key) => count(t(`numbers.col.${key}`))),
    ...(['returns', 'reopened', 'answeredNo'] as const).map((key) => count(t(`numbers.${key}`))),
    count(t('numbers.col.verified')),
    count(t('numbers.col.falseClosings')),
  ],
  rows: issues.map((issue) => [
    issue.number,
    issue.community,
    issue.courtyard,
    english ? issue.category_name_en : issue.category_name,
    common(`state.${issue.state}`),
    t(`numbers.level.${issue.holder_level}`),
    issue.holder,
    moment(issue.created_at),
    moment(issue.promised_at),
    moment(issue.accepted_at),
    moment(issue.resolved_at),
    moment(issue.ended_at),
    minutesBetween(issue.created_at, issue.accepted_at),
    minutesBetween(issue.created_at, issue.resolved_at),
    issue.returns,
    issue.reopened,
    issue.answered_no,
    issue.verified,
    issue.false_closings,
  ]),
});
