import { createSubscriber, MediaQuery } from 'svelte/reactivity';

const system = new MediaQuery('(prefers-color-scheme: dark)');

const chosen = createSubscriber((update) => {
  const watch = new MutationObserver(update);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => watch.disconnect();
});

/** Light or dark as the page is drawn now: what was chosen here, else what the system has. Reactive. */
export function pageTheme(): 'light' | 'dark' {
  chosen();
  const theme = document.documentElement.dataset['theme'];
  if (theme === 'light' || theme === 'dark') return theme;
  return system.current ? 'dark' : 'light';
}
