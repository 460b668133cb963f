/** Seconds in which what others are told of can be taken back. */
export const holdSeconds = 5;

/**
 * Whether an action waits those seconds before it is sent. What others are told of does; what warns people or only
 * records something is sent at once: a warning sign is not waited for.
 */
const held: Readonly<Record<string, boolean>> = {
  accept: true,
  resolve: true,
  hand_up: true,
  dispatch: true,
  send_back: true,
  letter: true,
  verify: true,
  decline: true,
  merge: true,
  unmerge: true,
  grant: true,
  refuse: true,
  ask_pause: true,
  ask_extension: true,
  resume: true,
  finish_task: true,
  waive_task: true,
  note: false,
  safety: false,
  letter_reply: false,
};

/** Every action the table names. */
export const weighedActions: readonly string[] = Object.keys(held);

/** True for actions that wait; one nobody has heard of waits, too. */
export const isHeld = (action: string): boolean => held[action] ?? true;
