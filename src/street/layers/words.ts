import { translator } from '../../ui/language.svelte.ts';
import { layersEn } from '../../ui/messages/layers.en.ts';
import { layersZh } from '../../ui/messages/layers.zh.ts';

/** The words of the map's tools and of what lies on it. */
export const t = translator(layersZh, layersEn);

const groups = ['people', 'building', 'resources', 'hazards', 'governance', 'service'] as const;

/** A group of labels in words; the code itself when the catalogue does not know it. */
export function groupWord(group: string): string {
  const known = groups.find((one) => one === group);
  return known ? t(`label.group.${known}`) : group;
}

/** Why a base map is not there, and what that means. */
export const baseWord = (
  why: 'unreachable' | 'malformed' | 'gcj02' | 'bd09' | 'gone',
  name: string,
): string => t(`base.trouble.${why}`, { name });
