import type { Due } from '../../core/due.ts';
import { translator } from '../language.svelte.ts';
import { dueEn } from '../messages/due.en.ts';
import { dueZh } from '../messages/due.zh.ts';

const t = translator(dueZh, dueEn);

/** 还有 2 小时 10 分, 超时 3 天; empty without a clock. */
export function dueWords({ tone, days, hours, minutes }: Due): string {
  if (tone === 'none') return '';
  const side = tone === 'late' ? 'late' : 'left';
  if (days > 0) return t(`due.${side}.days`, { days });
  if (hours > 0 && minutes > 0) return t(`due.${side}.hoursMinutes`, { hours, minutes });
  if (hours > 0) return t(`due.${side}.hours`, { hours });
  return t(`due.${side}.minutes`, { minutes: Math.max(1, minutes) });
}
