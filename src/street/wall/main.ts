import { mount } from 'svelte';
import '../../ui/tokens.css';
import '../../ui/base.css';
import { rememberedLanguage, rememberLanguage } from '../../ui/catalogue.ts';
import { language } from '../../ui/language.svelte.ts';
import Wall from './Wall.svelte';

const asked = new URLSearchParams(location.search).get('lang');
rememberLanguage(asked === 'en' || asked === 'zh' ? asked : rememberedLanguage());
const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the app.');
const open = (): void => void mount(Wall, { target });
language.ready().then(open, open);
