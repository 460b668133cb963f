import { currentSize, setSize } from '../ui/display.ts';
import { h, paint } from './dom.ts';
import type { Child } from './dom.ts';
import { currentTongue, speak, t } from './words.ts';

/** What both pages have around their screen: language and type size above, drawing, and where the focus goes. */
export class Frame {
  private readonly view: () => Child;
  private drawing: Promise<void> | null = null;
  private shown = false;

  /** `view`: describes the screen as it is now; null while there is nothing to show yet. */
  constructor(view: () => Child) {
    this.view = view;
  }

  /** Draws once for all that changed in this turn. */
  readonly draw = (): Promise<void> => (this.drawing ??= this.paintSoon());

  /** Draws a screen that has just come: from its top, with the focus on its heading. */
  async enter(): Promise<void> {
    await this.draw();
    if (this.shown) {
      scrollTo(0, 0);
      document.getElementById('heading')?.focus();
    }
    this.shown = true;
  }

  private async paintSoon(): Promise<void> {
    await Promise.resolve();
    this.drawing = null;
    this.paint();
  }

  private paint(): void {
    const large = currentSize() === 'large';
    const tongues = [
      ['zh', '简体'],
      ['zh-Hant', '繁體'],
      ['en', 'English'],
    ] as const;
    const resize = () => {
      setSize(large ? 'normal' : 'large');
      void this.draw();
    };
    const tool = (words: string, onclick: () => void, lang?: string) =>
      h('button', { type: 'button', lang, onclick }, words);
    at(
      'tools',
      tool(t(large ? 'tool.normal' : 'tool.large'), resize),
      tongues
        .filter(([code]) => code !== currentTongue())
        .map(([code, name]) => tool(name, () => void speak(code).then(this.draw), code)),
    );
    const screen = this.view();
    if (screen) at('main', screen);
  }
}

function at(id: string, ...children: Child[]): void {
  const element = document.getElementById(id);
  if (element) paint(element, ...children);
}

/** Writes a yard's name, address and offices on the plaque, which is in the page before any script has run. */
export function hangPlaque(yard: string, address = '', offices = ''): void {
  document.title = yard;
  at('yard', yard);
  at('yard-address', address === yard ? '' : address);
  at('yard-offices', offices);
}
