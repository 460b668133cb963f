/** Where notices are sent outside, and what could not be sent. */

export type HookKind = 'wecom' | 'dingtalk' | 'generic';
export const hookKinds: readonly HookKind[] = ['wecom', 'dingtalk', 'generic'];

/** Whom a webhook tells: offices of notices, or residents of the steps of their reports, with their phone numbers. */
export type HookAudience = 'office' | 'residents';
export const hookAudiences: readonly HookAudience[] = ['office', 'residents'];

/** What an administrator chooses: where notices go, or the office's own gateway to residents. */
export type HookPurpose = HookKind | 'residents';
export const hookPurposes: readonly HookPurpose[] = [...hookKinds, 'residents'];
export const purposeOf = ({ kind, audience }: { kind: HookKind; audience: HookAudience }): HookPurpose =>
  audience === 'residents' ? 'residents' : kind;

/** Why an office is told something, as a webhook may choose from. */
export const noticeKinds = [
  'arrived',
  'warned',
  'late',
  'climbed',
  'asked',
  'granted',
  'refused',
  'sent_back',
  'verify',
  'not_ok',
  'answered_no',
  'reopened',
  'withdrawn',
  'task',
  'task_done',
  'task_waived',
  'letter_due',
  'round_opened',
  'round_due',
  'round_late',
  'round_returned',
  'hazard_due',
  'hazard_late',
  'offer_claimed',
] as const;

/** A webhook without its secret, which nobody can read back. */
export interface Hook {
  id: number;
  name: string;
  kind: HookKind;
  audience: HookAudience;
  url: string;
  /** The notices it wants; empty: all. */
  kinds: string[];
  /** Whose notices; both null: the whole street's. */
  area_id: number | null;
  department_id: number | null;
  active: boolean;
  has_secret: boolean;
  /** Messages that wait to be sent. */
  waiting: number;
}

/** What is sent to save a webhook: `id` null adds one, `secret` null keeps the one there is. */
export interface HookForm {
  id: number | null;
  name: string;
  kind: HookKind;
  audience: HookAudience;
  url: string;
  secret: string | null;
  kinds: string[];
  area_id: number | null;
  department_id: number | null;
  active: boolean;
}

export interface DeadLetter {
  id: string;
  hook: string;
  /** `dead`: given up. `unsure`: the sending broke off, and nobody knows whether it arrived. */
  state: 'dead' | 'unsure';
  tries: number;
  error: string | null;
  notice: string;
  at: string;
  number: string;
}

/** True for an address notices may be sent to: https, or this very machine for tests. */
export const isHookUrl = (url: string): boolean =>
  /^https:\/\/[^\s/]+\S*$/.test(url) || /^http:\/\/(127\.0\.0\.1|localhost)[:/]\S*$/.test(url);

/** The host of a webhook's address; the rest of it may be a key. */
export const hookHost = (url: string): string => /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';
