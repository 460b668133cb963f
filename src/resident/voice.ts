import type { Child } from './dom.ts';
import type { Kit } from './kit.ts';
import type { ReportForm } from './report-form.ts';

/** What this page uses of the Web Speech API; only its newest part says where speech is understood. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  processLocally: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}
interface RecognitionKind {
  new (): Recognition;
  available?(asked: { langs: string[]; processLocally: true }): Promise<string>;
}

const words = {
  zh: {
    start: '说给手机听',
    stop: '在听，说完点这里',
    blocked: '没有使用话筒的许可，请打字，或在浏览器里允许。',
    failed: '没听清，请再说一次，或者打字。',
    hint: '只在这部手机上识别，声音不会传出去。',
  },
  'zh-Hant': {
    start: '說給手機聽',
    stop: '在聽，說完點這裡',
    blocked: '沒有使用話筒的許可，請打字，或在瀏覽器裡允許。',
    failed: '沒聽清，請再說一次，或者打字。',
    hint: '只在這部手機上識別，聲音不會傳出去。',
  },
  en: {
    start: 'Speak instead',
    stop: 'Listening. Press when done',
    blocked: 'The microphone is not allowed. Please type, or allow it in the browser.',
    failed: 'That was not understood. Say it again, or type.',
    hint: 'Understood on this phone alone: your voice is sent nowhere.',
  },
};

/**
 * Words spoken instead of typed, for the report's matter. Null where the browser does not understand the page's language on the phone itself:
 * it would send what it hears to hosts of its maker. `heard`: the words have changed.
 */
export async function findVoice(kit: Kit, form: ReportForm, heard: () => void): Promise<Voice | null> {
  const Kind: RecognitionKind | undefined = Reflect.get(window, 'SpeechRecognition');
  const lang = kit.currentLanguage() === 'en' ? 'en-US' : 'zh-CN';
  const where = await Kind?.available?.({ langs: [lang], processLocally: true }).catch(() => '');
  return Kind && where === 'available' ? new Voice(kit, form, heard, Kind) : null;
}

export class Voice {
  private state: 'idle' | 'listening' | 'blocked' | 'failed' = 'idle';
  private listening: Recognition | null = null;

  constructor(
    private readonly kit: Kit,
    private readonly form: ReportForm,
    private readonly heard: () => void,
    private readonly Kind: RecognitionKind,
  ) {}

  view(): Child {
    const { h, button, currentTongue } = this.kit;
    const said = words[currentTongue()];
    const { state } = this;
    const on = state === 'listening';
    const press = () => (on ? this.listening?.stop() : this.listen());
    return h(
      'div.voice',
      {},
      button('.plain', press, on ? said.stop : said.start),
      h('p.soft', { role: 'status' }, on ? said.hint : state === 'idle' ? '' : said[state]),
    );
  }

  private listen(): void {
    const before = this.form.draft.what.trim();
    const listening = new this.Kind();
    listening.lang = this.kit.currentLanguage() === 'en' ? 'en-US' : 'zh-CN';
    listening.interimResults = true;
    listening.processLocally = true;
    listening.addEventListener('result', (event) => {
      if (this.form.sending) return listening.abort();
      const what = [before, spoken(event)]
        .filter(Boolean)
        .join(this.kit.currentLanguage() === 'en' ? ' ' : '，');
      this.form.set({ what });
      this.heard();
    });
    listening.addEventListener('error', (event) => {
      const why: unknown = Reflect.get(event, 'error');
      if (why === 'aborted') return;
      this.show(why === 'not-allowed' || why === 'service-not-allowed' ? 'blocked' : 'failed');
    });
    listening.addEventListener('end', () => {
      if (this.state === 'listening') this.show('idle');
    });
    this.listening = listening;
    this.show('listening');
    listening.start();
  }

  private show(state: Voice['state']): void {
    this.state = state;
    this.heard();
  }
}

/** The words of a result so far: of each of its parts the likeliest. */
function spoken(event: Event): string {
  const results: ArrayLike<ArrayLike<{ transcript: string }>> = Reflect.get(event, 'results');
  return Array.from(results, (part) => part[0]?.transcript ?? '')
    .join('')
    .trim();
}
