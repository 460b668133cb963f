/** What finding needs beyond the first screen, in one file: it comes when a filter is opened, or stands in the address. */
export { default as FilterChips } from './FilterChips.svelte';
export { default as FilterPanel } from './FilterPanel.svelte';
export { default as OnMap } from './OnMap.svelte';
export { default as Trouble } from './Trouble.svelte';
export { FilterNames } from './names.svelte.ts';
export { AreaSketch } from './sketch.svelte.ts';
