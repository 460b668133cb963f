/** One table for how an issue's state looks everywhere: word, colour and shape, for lists, legends and the map. */

export const issueStates = [
  'submitted',
  'handling',
  'resolved',
  'closed',
  'declined',
  'merged',
  'withdrawn',
] as const;
export type IssueState = (typeof issueStates)[number];

/** What is drawn: a state, or one that time has overtaken. */
export type Mark = IssueState | 'late' | 'soon';
export type Shape = 'ring' | 'disc' | 'notch' | 'tick' | 'dot' | 'bar';

export interface MarkLook {
  /** Message key of the word. */
  readonly word: `state.${Mark}`;
  /** Name of the design token, without its dashes. */
  readonly colour: 'indigo' | 'door' | 'amber' | 'jade' | 'stone';
  readonly shape: Shape;
}

export const markLooks: Readonly<Record<Mark, MarkLook>> = {
  submitted: { word: 'state.submitted', colour: 'indigo', shape: 'ring' },
  handling: { word: 'state.handling', colour: 'indigo', shape: 'disc' },
  soon: { word: 'state.soon', colour: 'amber', shape: 'disc' },
  late: { word: 'state.late', colour: 'door', shape: 'notch' },
  resolved: { word: 'state.resolved', colour: 'jade', shape: 'tick' },
  closed: { word: 'state.closed', colour: 'stone', shape: 'dot' },
  declined: { word: 'state.declined', colour: 'stone', shape: 'bar' },
  merged: { word: 'state.merged', colour: 'stone', shape: 'dot' },
  withdrawn: { word: 'state.withdrawn', colour: 'stone', shape: 'dot' },
};

/** The shapes as SVG paths in a 16 × 16 box. `line` is stroked 2 wide, `fill` is filled, both in the mark's colour. */
export const shapePaths: Readonly<Record<Shape, { readonly fill?: string; readonly line?: string }>> = {
  ring: { line: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11Z' },
  disc: { fill: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z' },
  notch: { fill: 'M8 8L10.5 2A6.5 6.5 0 1 1 5.5 2Z' },
  tick: { line: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11ZM5.4 8.2l1.9 1.9l3.4-4' },
  dot: { fill: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6Z' },
  bar: { line: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11ZM5 8h6' },
};

/** Every mark by the byte that stands for it; in the order in which they lie over each other where pins overlap. */
export const marks = [
  'withdrawn',
  'merged',
  'declined',
  'closed',
  'resolved',
  'handling',
  'submitted',
  'soon',
  'late',
] as const satisfies readonly Mark[];
export const lateMark = marks.indexOf('late');

/** Still somebody's task, or waiting for the resident's answer. */
export function isOpen(state: IssueState): boolean {
  return state === 'submitted' || state === 'handling' || state === 'resolved';
}

/**
 * The mark to draw. Lateness only shows while somebody still has to act.
 * `dueAt`, `now`: milliseconds; `soonBefore`: how long before the deadline it counts as soon (default 4 h).
 */
export function markOf(
  state: IssueState,
  dueAt: number | null,
  now: number,
  soonBefore = 4 * 3_600_000,
): Mark {
  if (dueAt === null || (state !== 'submitted' && state !== 'handling')) return state;
  if (now >= dueAt) return 'late';
  return now >= dueAt - soonBefore ? 'soon' : state;
}

const codeOfState = issueStates.map((state) => marks.indexOf(state));
const [submitted, handling] = [issueStates.indexOf('submitted'), issueStates.indexOf('handling')];
const soonCode = marks.indexOf('soon');

/** `markOf` for columns: state by its index, due in epoch seconds (NaN: none), now in epoch milliseconds. */
export function markCode(state: number, due: number, now: number, soonBefore = 4 * 3_600_000): number {
  const plain = codeOfState[state] ?? 0;
  if (Number.isNaN(due) || (state !== submitted && state !== handling)) return plain;
  if (now >= due * 1000) return lateMark;
  return now >= due * 1000 - soonBefore ? soonCode : plain;
}
