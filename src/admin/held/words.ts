import { translator } from '../../ui/language.svelte.ts';
import { heldEn } from '../../ui/messages/held.en.ts';
import { heldZh } from '../../ui/messages/held.zh.ts';

/** The words of what is held. */
export const heldWords = translator(heldZh, heldEn);
