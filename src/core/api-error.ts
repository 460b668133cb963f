/** What went wrong with a request, whoever said so: our own functions, PostgREST, Auth, or the network. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable code to key sentences on: one of our own, or offline, timeout, server_down, too_many, not_signed_in, unknown. */
  readonly code: string;
  /** Facts for the sentence, such as { field, max }. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly hint: string | null;

  constructor(
    status: number,
    code: string,
    detail: Readonly<Record<string, unknown>> = {},
    hint: string | null = null,
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.hint = hint;
  }

  /** Nothing is wrong with what was sent: the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 428 || this.status === 429 || this.status >= 500;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function facts(text: unknown): Record<string, unknown> {
  if (isRecord(text)) return text;
  try {
    const parsed: unknown = JSON.parse(String(text));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function codeOf(status: number): string {
  if (status === 401) return 'not_signed_in';
  if (status === 429) return 'too_many';
  return status >= 500 ? 'server_down' : 'unknown';
}

/**
 * Reads a failed answer's body: PostgREST's { code, message, details, hint }, or an { error } wrapped around it.
 * Our functions put their stable code in `message`; anything else is judged by its status.
 */
export function parseApiError(status: number, body: unknown): ApiError {
  const outer = isRecord(body) ? body : {};
  const error = isRecord(outer['error']) ? outer['error'] : outer;
  const message = error['message'] ?? error['code'];
  const ours = typeof message === 'string' && /^[a-z]+(_[a-z]+)+$/.test(message);
  const pt = /^PT(\d{3})$/.exec(String(error['code']));
  const real = pt ? Number(pt[1]) : status;
  const hint = error['hint'];
  return new ApiError(
    real,
    ours ? message : codeOf(real),
    facts(error['details'] ?? error['detail']),
    typeof hint === 'string' ? hint : null,
  );
}
