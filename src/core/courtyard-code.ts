/** A code of a courtyard's wall, as its administrator sees it. Times are ISO 8601. */
export interface CourtyardCode {
  code: string;
  /** Where it hangs; null for the yard itself. */
  place: string | null;
  created_at: string;
  revoked_at: string | null;
  revoked_reason: string | null;
  /** The code that hangs in its place now. */
  replaced_by: string | null;
  /** When someone of the office last found the poster to be ours. */
  checked_at: string | null;
  /** Openings of its page in the last 30 days. */
  scans: number;
}

/** A courtyard with all codes it ever had, those in use first. */
export interface CodedCourtyard {
  courtyard_id: number;
  courtyard: string;
  address: string;
  community_id: number;
  codes: CourtyardCode[];
}

export const inUse = (code: CourtyardCode): boolean => code.revoked_at === null;

/** A code as it is printed and read aloud: capitals in groups, `4A9C 7QXR …`; typed either way it is the same code. */
export const spokenCode = (code: string): string => (code.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');

/** What a scan of a poster says, against the addresses that are ours. */
export type Scanned = { kind: 'code'; code: string } | { kind: 'elsewhere'; host: string };

/**
 * Reads what a camera or a hand gives: an address `https://host/c/<code>`, or the code alone. An address on another host is
 * told apart from ours: that poster leads people elsewhere.
 */
export function readScan(text: string, ownHost: string): Scanned {
  const said = text.trim();
  if (!/^[a-z][a-z+.-]*:/i.test(said)) return { kind: 'code', code: said };
  const url = URL.canParse(said) ? new URL(said) : null;
  const code = url && /^\/c\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  return url && url.host === ownHost && code
    ? { kind: 'code', code: decodeURIComponent(code) }
    : { kind: 'elsewhere', host: url?.host || said.slice(0, 60) };
}

/** The office's answer to a scan. */
export interface CodeVerdict {
  verdict: 'ours' | 'replaced' | 'revoked' | 'foreign' | 'mistyped';
  courtyard?: string;
  address?: string;
  place?: string | null;
  since?: string;
  revoked_at?: string | null;
  /** The look before this one. */
  checked_at?: string | null;
}
