import { translator } from './language.svelte.ts';
import { commonEn } from './messages/common.en.ts';
import { commonZh } from './messages/common.zh.ts';

/** The words of the shared controls themselves. */
export const common = translator(commonZh, commonEn);
