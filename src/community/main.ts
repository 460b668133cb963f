import { mount } from 'svelte';
import '../ui/tokens.css';
import '../ui/base.css';
import { applyDisplay } from '../ui/display.ts';
import { language } from '../ui/language.svelte.ts';
import App from './App.svelte';
import { wide } from './wide.svelte.ts';

applyDisplay();
wide.follow();

const target = document.getElementById('app');
const open = (): void => {
  if (target) mount(App, { target });
};
language.ready().then(open, open);
