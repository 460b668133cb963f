import { translator } from '../../ui/language.svelte.ts';
import { exportsEn } from '../../ui/messages/exports.en.ts';
import { exportsZh } from '../../ui/messages/exports.zh.ts';

/** The words of the list of exports. */
export const t = translator(exportsZh, exportsEn);
