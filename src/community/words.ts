import { translator } from '../ui/language.svelte.ts';
import { communityEn } from '../ui/messages/community.en.ts';
import { communityZh } from '../ui/messages/community.zh.ts';

/** The words of the community's desk. */
export const t = translator(communityZh, communityEn);
