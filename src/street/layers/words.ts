import { translator } from '../../ui/language.svelte.ts';
import { layersEn } from '../../ui/messages/layers.en.ts';
import { layersZh } from '../../ui/messages/layers.zh.ts';

/** The words of the map's tools and of what lies on it. */
export const t = translator(layersZh, layersEn);
