import type { HolderLevel } from './issue.ts';

/** The clocks a board tells apart: the steps of an issue that an office is on, an assisting department's task, a letter. */
export const boardClocks = ['accept', 'dispatch', 'handle', 'verify', 'task', 'letter'] as const;
export type BoardClock = (typeof boardClocks)[number];

/** How many clocks of one kind run at one office; late and soon ones are counted in `running` too. */
export type ClockCount = {
  office: string;
  level: HolderLevel;
  area_id: number | null;
  department_id: number | null;
  step: BoardClock;
  running: number;
  soon: number;
  late: number;
};

/** A clock that runs out; times are ISO 8601. */
export type NextClock = {
  issue_id: number;
  number: string;
  what: string;
  courtyard: string | null;
  clock: BoardClock;
  office: string;
  warn_at: string | null;
  due_at: string;
};

export type ClockBoard = { at: string; offices: ClockCount[]; next: NextClock[] };

type Sum = { running: number; soon: number; late: number };
export type BoardRow = {
  office: string;
  level: HolderLevel;
  steps: Partial<Record<BoardClock, Sum>>;
  total: Sum;
};

const levels: readonly HolderLevel[] = ['street', 'department', 'community', 'courtyard'];
const none = (): Sum => ({ running: 0, soon: 0, late: 0 });

function add(to: Sum, count: Sum): void {
  to.running += count.running;
  to.soon += count.soon;
  to.late += count.late;
}

/** One row an office, from the street down; within a level those with most late first, then by name, so that rows rarely move. */
export function boardRows(counts: readonly ClockCount[]): BoardRow[] {
  const rows = new Map<string, BoardRow>();
  for (const count of counts) {
    const key = `${count.level} ${count.area_id ?? ''} ${count.department_id ?? ''}`;
    const row = rows.get(key) ?? { office: count.office, level: count.level, steps: {}, total: none() };
    rows.set(key, row);
    add((row.steps[count.step] ??= none()), count);
    add(row.total, count);
  }
  return [...rows.values()].sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      b.total.late - a.total.late ||
      a.office.localeCompare(b.office, 'zh-Hans-CN'),
  );
}

/** The kinds of clock that run anywhere, in their order, and the sum of each and of all. */
export function boardSums(rows: readonly BoardRow[]): {
  clocks: BoardClock[];
  sums: Record<BoardClock, Sum>;
  total: Sum;
} {
  const sums = {
    accept: none(),
    dispatch: none(),
    handle: none(),
    verify: none(),
    task: none(),
    letter: none(),
  };
  const total = none();
  for (const row of rows) {
    for (const clock of boardClocks) {
      const sum = row.steps[clock];
      if (sum) add(sums[clock], sum);
    }
    add(total, row.total);
  }
  return { clocks: boardClocks.filter((clock) => sums[clock].running > 0), sums, total };
}

/** How a clock stands at `now` (epoch ms). A letter has no warning of its own: its last day counts as one. */
export function clockTone(
  clock: Pick<NextClock, 'warn_at' | 'due_at'>,
  now: number,
): 'late' | 'soon' | 'running' {
  const due = Date.parse(clock.due_at);
  if (due <= now) return 'late';
  const warn = clock.warn_at === null ? due - 86_400_000 : Date.parse(clock.warn_at);
  return warn <= now ? 'soon' : 'running';
}
