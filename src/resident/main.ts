import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls/button.css';
import '../ui/controls/field.css';
import '../ui/controls/notice.css';
import './page.css';
import { applyDisplay } from '../ui/display.ts';
import { App } from './app.ts';
import { speakAsRemembered } from './words.ts';

applyDisplay();
void speakAsRemembered().then(() => new App().start());
