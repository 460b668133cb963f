import type { Component } from 'svelte';
import PatternsIcon from '@lucide/svelte/icons/hexagon';
import EditIcon from '@lucide/svelte/icons/spline-pointer';
import LayersIcon from '@lucide/svelte/icons/layers';
import ActIcon from '@lucide/svelte/icons/list-checks';
import PrintIcon from '@lucide/svelte/icons/printer';
import MeasureIcon from '@lucide/svelte/icons/ruler';
import ShareIcon from '@lucide/svelte/icons/share-2';
import type { Person } from '../core/person.ts';
import type { LiveMap } from '../map/live-map.ts';
import { later } from './later.ts';
import { t } from './layers/words.ts';
import type { LiveIssues } from './live-issues.svelte.ts';
import type { Office } from './office.ts';
import { t as patternWord } from './patterns/words.ts';
import type { Place } from './place.svelte.ts';

/** What every tool of the map works with. */
export interface ToolProps {
  map: LiveMap;
  issues: LiveIssues;
  office: Office;
  person: Person;
  place: Place;
  onclose: () => void;
}

type Part = () => Promise<{ default: Component<ToolProps> }>;

export interface Tool {
  /** Stands in the address while its panel is open: `?tool=layers`. */
  id: string;
  icon: Component<{ size?: number; strokeWidth?: number }>;
  /** Its name in the language of the page. */
  word: () => string;
  /** The panel's content; its title and the button that closes it are the host's. */
  load: Part;
  /**
   * What it leaves on the map with the panel closed (drawn layers, a legend): mounted at the map's lower left while the
   * address has one of these keys, and while the panel is open.
   */
  keeps?: { keys: readonly string[]; load: Part };
  /** Whose map has it; everybody's when left out. */
  for?: (office: Office) => boolean;
}

/** The tools of the street's map, in the order of the rail. */
export const tools: readonly Tool[] = [
  {
    id: 'layers',
    icon: LayersIcon,
    word: () => t('layers.title'),
    load: later(() => import('./layers/LayersPanel.svelte')),
    keeps: { keys: ['theme', 'layers', 'base'], load: later(() => import('./layers/KeptLayers.svelte')) },
  },
  {
    id: 'patterns',
    icon: PatternsIcon,
    word: () => patternWord('patterns.title'),
    load: later(() => import('./patterns/PatternsPanel.svelte')),
    keeps: { keys: ['pattern'], load: later(() => import('./patterns/KeptPatterns.svelte')) },
  },
  {
    id: 'act',
    icon: ActIcon,
    word: () => t('tools.act'),
    load: later(() => import('./act/ActPanel.svelte')),
    // who holds nothing moves nothing
    for: ({ role }) => role === 'street_staff' || role === 'community_staff' || role === 'grid_worker',
  },
  {
    id: 'edit',
    icon: EditIcon,
    word: () => t('tools.edit'),
    load: later(() => import('./edit/EditPanel.svelte')),
    for: ({ role }) =>
      role === 'street_staff' || role === 'admin' || role === 'community_staff' || role === 'grid_worker',
  },
  {
    id: 'measure',
    icon: MeasureIcon,
    word: () => t('tools.measure'),
    load: later(() => import('./measure/MeasurePanel.svelte')),
  },
  {
    id: 'print',
    icon: PrintIcon,
    word: () => t('tools.print'),
    load: later(() => import('./print/PrintPanel.svelte')),
  },
  {
    id: 'share',
    icon: ShareIcon,
    word: () => t('tools.share'),
    load: later(() => import('./share/SharePanel.svelte')),
  },
];
