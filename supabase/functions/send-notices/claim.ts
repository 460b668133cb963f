/** What one message says of one delivery. No person is in it, but where it is a resident's own message. */
export interface Notice {
  /** The delivery's id: the same each time it is sent. */
  id: string;
  /** What the office was told: arrived, warned, late … */
  notice: string;
  at: string;
  /** Null where it is about an archive, as the state. */
  number: string | null;
  courtyard: string | null;
  category: string | null;
  state: string | null;
  due_at: string | null;
  office: string | null;
  /** Set: a step told to a resident, by the office's own gateway. */
  phone?: string | null;
  /** The resident's language: zh, zh-Hant or en. */
  lang?: string | null;
}

/** One message to send: a robot's holds several notices, a generic one a single. */
export interface Claim {
  claim: string;
  kind: 'wecom' | 'dingtalk' | 'generic';
  url: string;
  secret: string | null;
  notices: Notice[];
}

/** Reads what `claim_deliveries` gave. Throws when it is of another shape. */
export function parseClaims(given: unknown): Claim[] {
  if (!Array.isArray(given)) throw new TypeError('claims are no list');
  return given.map((one: unknown) => {
    const kind = field(one, 'kind');
    const notices: unknown = Reflect.get(Object(one), 'notices');
    if ((kind !== 'wecom' && kind !== 'dingtalk' && kind !== 'generic') || !Array.isArray(notices))
      throw new TypeError('a claim of an unknown kind');
    return {
      claim: field(one, 'claim'),
      kind,
      url: field(one, 'url'),
      secret: perhaps(one, 'secret'),
      notices: notices.map(parseNotice),
    };
  });
}

function parseNotice(given: unknown): Notice {
  return {
    id: field(given, 'id'),
    notice: field(given, 'notice'),
    at: field(given, 'at'),
    number: perhaps(given, 'number'),
    courtyard: perhaps(given, 'courtyard'),
    category: perhaps(given, 'category'),
    state: perhaps(given, 'state'),
    due_at: perhaps(given, 'due_at'),
    office: perhaps(given, 'office'),
    phone: perhaps(given, 'phone'),
    lang: perhaps(given, 'lang'),
  };
}

function field(given: unknown, name: string): string {
  const value: unknown = Reflect.get(Object(given), name);
  if (typeof value !== 'string') throw new TypeError(`a claim without ${name}`);
  return value;
}

function perhaps(given: unknown, name: string): string | null {
  const value: unknown = Reflect.get(Object(given), name);
  return typeof value === 'string' ? value : null;
}
