import * as v from 'valibot';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';

const notices = v.array(
  v.pipe(
    v.object({
      id: v.number(),
      title: v.string(),
      body: v.nullable(v.string()),
      courtyard_id: v.nullable(v.number()),
      shown_until: v.string(),
    }),
    v.transform(({ courtyard_id, shown_until, ...rest }) => ({
      ...rest,
      whole: courtyard_id === null,
      until: shown_until,
    })),
  ),
);

async function communityOf(courtyard: number): Promise<number> {
  const yards = v.array(v.object({ community_id: v.number() }));
  const [found] = await ask(yards, rest.from('courtyards').select('community_id').eq('id', courtyard));
  return found?.community_id ?? 0;
}

/** What stands on a courtyard's page now, its own and its community's, the newest first. Throws ApiError. */
export const listNotices = async (courtyard: number): Promise<v.InferOutput<typeof notices>> =>
  ask(
    notices,
    rest
      .from('yard_notices')
      .select('id,title,body,courtyard_id,shown_until')
      .eq('community_id', await communityOf(courtyard))
      .or(`courtyard_id.is.null,courtyard_id.eq.${courtyard}`)
      .gt('shown_until', new Date().toISOString())
      .order('id', { ascending: false })
      .limit(50),
  );

/** Puts a notice on a courtyard's page, or on those of its whole community, for 1 to 90 days. Throws ApiError (notice_not_allowed, field_too_long …). */
export const postNotice = async (
  courtyard: number,
  title: string,
  body: string,
  days: number,
  whole: boolean,
): Promise<void> => {
  await call(v.number(), 'post_yard_notice', {
    community_id: await communityOf(courtyard),
    courtyard_id: whole ? null : courtyard,
    title,
    body: body.trim() || null,
    days,
  });
};

/** Takes a notice down again. Throws ApiError (notice_not_allowed). */
export const takeDownNotice = async (id: number): Promise<void> => {
  await call(v.unknown(), 'take_down_notice', { id });
};
