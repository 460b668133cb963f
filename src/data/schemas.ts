import * as v from 'valibot';
import type { CourtyardCard } from '../core/courtyard-card.ts';
import type { Duty, Issue, IssueCard, IssueDetail, Reporter } from '../core/issue.ts';
import type { NoticeCard } from '../core/notice.ts';
import type { Person } from '../core/person.ts';

/** What the API may answer, checked once at the boundary; unknown extra keys are dropped. */

const text = v.string();
const maybe = v.nullable(text);
/** A moment as any Postgres writes it; some browsers read only the ISO form with a T and a full offset. */
export const time = v.pipe(
  text,
  v.transform((said) => said.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  v.check((said) => !Number.isNaN(Date.parse(said))),
);
const maybeTime = v.nullable(time);
const id = v.number();
const maybeId = v.nullable(id);
const point = v.tuple([v.number(), v.number()]);
const state = v.picklist(['submitted', 'handling', 'resolved', 'closed', 'declined', 'merged', 'withdrawn']);

const askedKind = v.picklist(['pause', 'extension']);

const cardEntries = {
  id,
  number: text,
  state,
  holder_level: v.picklist(['courtyard', 'community', 'street', 'department']),
  holder: text,
  holder_area_id: maybeId,
  holder_department_id: maybeId,
  community_id: id,
  community: text,
  courtyard_id: id,
  courtyard: maybe,
  category: maybe,
  category_name: maybe,
  category_name_en: maybe,
  what: text,
  place: maybe,
  urgency: v.picklist(['ordinary', 'urgent', 'emergency']),
  step: v.nullable(v.picklist(['accept', 'dispatch', 'handle', 'verify', 'answer'])),
  due_at: maybeTime,
  paused_until: maybeTime,
  asked: v.nullable(askedKind),
  created_at: time,
  updated_at: time,
  version: id,
  late: v.boolean(),
  mine: v.boolean(),
  my_task: v.boolean(),
  to_verify: v.boolean(),
  to_decide: v.boolean(),
};

export const issueCard: v.GenericSchema<unknown, IssueCard> = v.object(cardEntries);
export const issueCards = v.array(issueCard);

export const reporter: v.GenericSchema<unknown, Reporter> = v.object({
  name: maybe,
  phone: maybe,
  address: maybe,
  marked: v.optional(v.boolean()),
  may_mark: v.optional(v.boolean()),
});

export const revealed = v.nullable(reporter);

const task = v.object({
  department_id: id,
  department: text,
  state: v.picklist(['open', 'done', 'waived']),
  due_at: maybeTime,
  done: v.optional(maybe, null),
  ended_at: v.optional(maybeTime, null),
});

const letter = v.object({
  id,
  number: text,
  addressee: text,
  title: text,
  text,
  due_on: text,
  sent_at: time,
  reply: maybe,
  replied_at: maybeTime,
});

/** A card says only what kind of thing is asked, an issue read whole says all of it. */
const issue: v.GenericSchema<unknown, Issue> = v.pipe(
  v.object({
    ...cardEntries,
    asked: v.nullable(v.object({ kind: askedKind, reason: text, until: time })),
    point: v.nullable(point),
    address: maybe,
    first_owner: maybe,
    promised_at: time,
    lead_department_id: maybeId,
    returns: v.number(),
    answered: v.nullable(v.picklist(['yes', 'partly', 'no'])),
    tasks: v.array(task),
    letters: v.array(letter),
    merged_into: maybe,
  }),
  v.transform(({ asked, ...rest }) => ({ ...rest, asked: asked?.kind ?? null, request: asked })),
);

export const issueDetail: v.GenericSchema<unknown, IssueDetail> = v.object({
  issue,
  reporter: revealed,
  events: v.array(
    v.object({
      seq: v.number(),
      action: text,
      at: time,
      by: maybe,
      actor: text,
      office: maybe,
      words: maybe,
      public: v.boolean(),
      payload: v.record(text, v.unknown()),
      from_state: v.nullable(state),
      to_state: v.nullable(state),
      from_holder: maybe,
      to_holder: maybe,
    }),
  ),
  photos: v.array(v.object({ path: text, by_resident: v.boolean() })),
  actions: v.array(
    v.object({
      action: text,
      to_state: text,
      to_holder: text,
      must: v.array(text),
      may: v.array(text),
    }),
  ),
});

/** After an action that took the issue out of the actor's sight. */
const gone = v.object({ gone: v.literal(true) });

export const actedIssue: v.GenericSchema<unknown, IssueDetail | null> = v.union([
  issueDetail,
  v.pipe(
    gone,
    v.transform(() => null),
  ),
]);

export const departments = v.array(v.object({ id, code: text, name: text, name_en: maybe }));

export const duties: v.GenericSchema<unknown, Duty[]> = v.array(
  v.object({ code: text, list: text, title: text, title_en: text, instead: maybe }),
);

export const notices: v.GenericSchema<unknown, NoticeCard[]> = v.array(
  v.object({
    id,
    at: time,
    kind: text,
    issue_id: v.nullable(id),
    number: maybe,
    what: maybe,
    courtyard: maybe,
    courtyard_id: v.nullable(id),
    quarter: maybe,
    unread: v.boolean(),
  }),
);

const named = { id, name: text };

export const person: v.GenericSchema<unknown, Person> = v.object({
  id: text,
  name: text,
  memberships: v.array(
    v.object({
      role: v.picklist([
        'grid_worker',
        'community_staff',
        'street_staff',
        'street_leader',
        'admin',
        'department_staff',
      ]),
      area: v.nullable(v.object({ ...named, level: text })),
      department: v.nullable(v.object(named)),
    }),
  ),
  street: v.object({
    ...named,
    bounds: v.nullable(v.tuple([v.number(), v.number(), v.number(), v.number()])),
  }),
  topics: v.array(text),
  home_topic: text,
});

export const courtyardCard: v.GenericSchema<unknown, CourtyardCard> = v.object({
  id,
  name: text,
  name_en: maybe,
  address: text,
  community: text,
  grid: maybe,
  kind: text,
  invented: v.boolean(),
  area_m2: v.nullable(v.number()),
  open: issueCards,
  recent: issueCards,
  counts: v.object({ open: v.number(), late: v.number(), closed_90d: v.number() }),
  codes: v.nullable(v.array(v.object({ code: text, place: maybe }))),
});
