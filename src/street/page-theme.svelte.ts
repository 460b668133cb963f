export { pageTheme } from '../ui/page-theme.svelte.ts';
