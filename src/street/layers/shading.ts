import { isLive, shadeCounts, shadeFacts, shadeKinds } from '../../core/theme/courtyard-theme.ts';
import type { Shading } from '../../core/theme/courtyard-theme.ts';
import { countIssues } from '../../core/theme/issue-counts.ts';
import type { LiveIssues } from '../live-issues.svelte.ts';
import type { MapLayers } from './map-layers.svelte.ts';

/** How the courtyards are coloured now; null without a theme, or before its facts were read. */
export function shadingNow(layers: MapLayers, issues: LiveIssues): Shading | null {
  const { theme } = layers;
  if (theme === null) return null;
  if (theme === 'kind') return shadeKinds(issues.courtyards.values());
  if (!isLive(theme)) return layers.facts && shadeFacts(theme, layers.facts);
  void issues.revision;
  const { columns, size } = issues.table;
  const counted = theme === 'late' ? 'late' : 'open';
  return shadeCounts(counted, countIssues(counted, columns, size, issues.courtyards.keys(), issues.now));
}
