import { translator } from '../language.svelte.ts';
import { counterEn } from '../messages/counter.en.ts';
import { counterZh } from '../messages/counter.zh.ts';

/** The words of the counter. */
export const counterWords = translator(counterZh, counterEn);
