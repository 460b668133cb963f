/** The letter that chooses an action of the open issue. j k / ? 0, Enter and Escape are the screens'. */
export const actionKeys: Readonly<Record<string, string>> = {
  accept: 'a',
  resolve: 's',
  hand_up: 'u',
  dispatch: 'd',
  send_back: 'b',
  note: 'n',
  safety: 'f',
  letter: 'l',
  letter_reply: 'y',
  ask_pause: 'p',
  ask_extension: 'e',
  resume: 'r',
  grant: 'g',
  refuse: 'x',
  verify: 'v',
  decline: 'c',
  merge: 'm',
  unmerge: 'z',
  finish_task: 't',
  waive_task: 'w',
};

/** The action a key stands for, also with Shift or Caps Lock; null for every other key. */
export function actionOfKey(key: string): string | null {
  const letter = key.toLowerCase();
  return Object.keys(actionKeys).find((action) => actionKeys[action] === letter) ?? null;
}
