import type { IssueState } from './issue-state.ts';

export type { IssueState } from './issue-state.ts';

/** What staff screens know of an issue. Times are ISO 8601 with zone; points are [lng, lat] in WGS-84. */

export type HolderLevel = 'courtyard' | 'community' | 'street' | 'department';
export type Urgency = 'ordinary' | 'urgent' | 'emergency';

/** One row of the view `issue_cards`: everything a list needs, no reporter. */
export interface IssueCard {
  id: number;
  number: string;
  state: IssueState;
  holder_level: HolderLevel;
  /** Name of the office that has to act now. */
  holder: string;
  holder_area_id: number | null;
  holder_department_id: number | null;
  community_id: number;
  community: string;
  courtyard_id: number;
  courtyard: string | null;
  category: string | null;
  category_name: string | null;
  category_name_en: string | null;
  what: string;
  place: string | null;
  urgency: Urgency;
  /** What the running clock waits for; null when nothing is awaited. */
  step: 'accept' | 'dispatch' | 'handle' | 'verify' | 'answer' | null;
  /** Null while the clock is paused, too. */
  due_at: string | null;
  /** When a paused clock runs on by itself; null while it runs. */
  paused_until: string | null;
  /** What was asked one level up and waits for a decision. */
  asked: 'pause' | 'extension' | null;
  created_at: string;
  updated_at: string;
  version: number;
  late: boolean;
  /** The person asking is (in) the holder. */
  mine: boolean;
  /** The department of the person asking assists and is not done. */
  my_task: boolean;
  /** It is said to be solved, and the person's office, one level up, has to look. */
  to_verify: boolean;
  /** A pause or a later date was asked of the person's office. */
  to_decide: boolean;
}

/** A pause or a later date, asked for and not yet decided. */
export interface Request {
  kind: 'pause' | 'extension';
  reason: string;
  until: string;
}

/** What an assisting department (协办) has to do. */
export interface Task {
  department_id: number;
  department: string;
  state: 'open' | 'done' | 'waived';
  due_at: string | null;
  done: string | null;
  ended_at: string | null;
}

/** A formal letter to a body outside the street. `due_on` is a calendar day, YYYY-MM-DD. */
export interface Letter {
  id: number;
  number: string;
  addressee: string;
  title: string;
  text: string;
  due_on: string;
  sent_at: string;
  reply: string | null;
  replied_at: string | null;
}

export interface Issue extends IssueCard {
  point: [number, number] | null;
  address: string | null;
  first_owner: string | null;
  /** When the resident was promised an answer. */
  promised_at: string;
  /** The department that leads its category: where a dispatch goes unless a ruling says otherwise. */
  lead_department_id: number | null;
  /** How often a department has sent it back. */
  returns: number;
  answered: 'yes' | 'partly' | 'no' | null;
  request: Request | null;
  tasks: Task[];
  letters: Letter[];
  /** The number of the issue it repeats. */
  merged_into: string | null;
}

/** The reporter: masked in a detail, in full once revealed. */
export interface Reporter {
  name: string | null;
  phone: string | null;
  address: string | null;
  /** It was marked as abuse. */
  marked?: boolean | undefined;
  /** This person may mark it, or take that back. */
  may_mark?: boolean | undefined;
}

export interface IssueEvent {
  seq: number;
  action: string;
  at: string;
  /** The person's name; null for the resident and the clock. */
  by: string | null;
  /** A role, or `resident`, or `clock`. */
  actor: string;
  office: string | null;
  words: string | null;
  /** False for notes the resident never sees. */
  public: boolean;
  payload: Record<string, unknown>;
  from_state: IssueState | null;
  to_state: IssueState | null;
  from_holder: string | null;
  /** The holder it went to; null when it stayed. */
  to_holder: string | null;
}

/** Something this person may do now, with the names of the fields it must and may carry. */
export interface PossibleAction {
  action: string;
  /** A state, or `before_merge`. */
  to_state: string;
  /** `same`, `own`, `up`, `street` or `department`. */
  to_holder: string;
  must: string[];
  may: string[];
}

export interface IssueDetail {
  issue: Issue;
  /** Masked; null once forgotten. */
  reporter: Reporter | null;
  events: IssueEvent[];
  photos: { path: string; by_resident: boolean }[];
  actions: PossibleAction[];
}

export interface Department {
  id: number;
  code: string;
  name: string;
  name_en: string | null;
}

/** An entry of the duty lists (清单) that a refusal rests on. */
export interface Duty {
  code: string;
  list: string;
  title: string;
  title_en: string;
  /** Where to go instead; null when the list does not say. */
  instead: string | null;
}

/** What an action carries, by field name. */
export type ActionPayload = Record<string, string | number | boolean | number[]>;

/** One try to move an issue. The same `requestId` with the same content takes effect once, however often it is sent. */
export interface ActRequest {
  action: string;
  version: number;
  payload: ActionPayload;
  requestId: string;
}

/** True while an office has to act: a clock runs. */
export const isUnsolved = (state: IssueState): boolean => state === 'submitted' || state === 'handling';
