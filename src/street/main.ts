import { mount } from 'svelte';
import '../ui/tokens.css';
import '../ui/base.css';
import { applyDisplay } from '../ui/display.ts';
import { rememberedLanguage, rememberLanguage } from '../ui/catalogue.ts';
import { language } from '../ui/language.svelte.ts';
import App from './App.svelte';
import { mapCode } from './map-code.ts';

applyDisplay();
rememberLanguage(rememberedLanguage());
const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the app.');
const open = (): void => void mount(App, { target });
language.ready().then(open, open);
// Whoever signs in needs the map next; a failure here is met where it is shown.
mapCode().catch(() => undefined);
