import { translator } from '../../ui/language.svelte.ts';
import { roundEn } from '../../ui/messages/round.en.ts';
import { roundZh } from '../../ui/messages/round.zh.ts';

/** The words of the quarterly round. */
export const t = translator(roundZh, roundEn);
