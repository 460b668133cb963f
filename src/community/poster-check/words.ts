import { translator } from '../../ui/language.svelte.ts';
import { codesEn } from '../../ui/messages/codes.en.ts';
import { codesZh } from '../../ui/messages/codes.zh.ts';

/** The words of a look at a poster. */
export const t = translator(codesZh, codesEn);
