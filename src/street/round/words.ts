import { translator } from '../../ui/language.svelte.ts';
import { progressEn } from '../../ui/messages/progress.en.ts';
import { progressZh } from '../../ui/messages/progress.zh.ts';

/** The words of the street's quarterly round. */
export const t = translator(progressZh, progressEn);
