import { translator } from '../../ui/language.svelte.ts';
import { takeawayEn } from '../../ui/messages/takeaway.en.ts';
import { takeawayZh } from '../../ui/messages/takeaway.zh.ts';

/** The words of measuring, printing, sharing and exporting. */
export const t = translator(takeawayZh, takeawayEn);
