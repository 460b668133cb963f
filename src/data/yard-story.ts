import * as v from 'valibot';
import { call } from './call.ts';

const actions = ['added', 'redrawn', 'moved', 'split', 'merged', 'made'] as const;
const story = v.object({
  came_from: v.array(v.object({ id: v.number(), name: v.string() })),
  went_to: v.array(v.object({ id: v.number(), name: v.string() })),
  history: v.array(
    v.object({
      at: v.string(),
      action: v.picklist(actions),
      by: v.nullable(v.string()),
      before: v.nullable(v.object({ name: v.optional(v.string(), '') })),
    }),
  ),
});
export type YardStory = v.InferOutput<typeof story>;

/** The yards a courtyard came from and went to, and each change of its ground, the newest first. Throws ApiError (courtyard_unknown). */
export const readYardStory = (courtyard: number): Promise<YardStory> =>
  call(story, 'courtyard_story', { courtyard_id: courtyard });
