import { mount } from 'svelte';
import '../ui/tokens.css';
import '../ui/base.css';
import { rememberedLanguage, rememberLanguage } from '../ui/catalogue.ts';
import { applyDisplay } from '../ui/display.ts';
import { language } from '../ui/language.svelte.ts';
import App from './App.svelte';
import './form.css';
import { followWidth } from './density.ts';

applyDisplay();
followWidth();
rememberLanguage(rememberedLanguage());
const target = document.getElementById('app');
const open = (): void => {
  if (target) mount(App, { target });
};
language.ready().then(open, open);
