import { translator } from '../../ui/language.svelte.ts';
import { wallEn } from '../../ui/messages/wall.en.ts';
import { wallZh } from '../../ui/messages/wall.zh.ts';

export const t = translator(wallZh, wallEn);
