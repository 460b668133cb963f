import { buildPayload, type ActionValues } from '../../core/action-form.ts';
import { ApiError } from '../../core/api-error.ts';
import type { ActionPayload, ActRequest, PossibleAction } from '../../core/issue.ts';
import { requestId } from '../../core/request-id.ts';
import { takesPhotos, type PhotoSender } from '../../core/staff-photos.ts';

/** What one person is writing on one issue: the open form, everything typed in any of its forms, and how sending went. */
export class Draft {
  /** The action whose form is open. */
  open = $state<string | null>(null);
  sending = $state<string | null>(null);
  failure = $state.raw<ApiError | null>(null);
  /** Required fields found empty at the last try. */
  missing = $state.raw<string[]>([]);
  /** The version of the issue that was on the screen when the form was opened. */
  seen = $state(0);
  /** Photos of what was done, for the actions that take them. */
  photos = $state.raw<readonly Blob[]>([]);
  #promised: string[] = [];
  #typed = $state<Record<string, ActionValues>>({});
  #request = { content: '', id: '' };

  /** What was typed for an action; a proxy to bind to. */
  values(action: string): ActionValues {
    return this.#typed[action] ?? {};
  }

  set(action: string, field: string, value: ActionValues[string]): void {
    this.#typed[action] = { ...this.#typed[action], [field]: value };
    this.missing = this.missing.filter((name) => name !== field);
  }

  start(action: string, version: number): void {
    this.open = action;
    this.seen = version;
    this.failure = null;
    this.missing = [];
  }

  /** Closes the form; what was typed comes back with it. */
  close(): void {
    this.open = null;
    this.failure = null;
    this.missing = [];
  }

  /**
   * What is to be sent, decided on `version`; null with `missing` telling which fields are empty.
   * The same words sent again make the same request.
   */
  request(action: PossibleAction, version: number): ActRequest | null {
    const built = buildPayload(action, this.values(action.action));
    this.missing = built.ok ? [] : built.missing;
    if (!built.ok) return null;
    const { payload } = built;
    return { action: action.action, version, payload, requestId: this.#idFor(action, payload) };
  }

  /**
   * Sends a request. Otherwise than by success everything stays as it was typed, the form is open, and `missing` or
   * `failure` tells why; after `stale_version` it asks `refresh` for what changed. Rejects with the ApiError then.
   */
  async deliver(
    request: ActRequest,
    act: (request: ActRequest) => Promise<void>,
    refresh: () => Promise<void>,
  ): Promise<void> {
    this.sending = request.action;
    this.failure = null;
    try {
      await act(request);
      this.#forget(request.action);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : new ApiError(0, 'unknown');
      if (this.open !== request.action) this.start(request.action, request.version);
      await this.#fail(error, refresh);
      throw error;
    } finally {
      this.sending = null;
    }
  }

  /**
   * Announces the photos before the action, which may end this person's part; nothing when that fails: the action goes
   * on without them. Sent again, the same paths serve.
   */
  async promise(issue: number, sender: PhotoSender): Promise<{ path: string; photo: Blob }[]> {
    const photos = this.photos;
    if (photos.length > this.#promised.length) {
      this.#promised = await sender.promise(issue, photos.length).catch(() => this.#promised);
    }
    return this.#promised.flatMap((path, at) => {
      const photo = photos[at];
      return photo ? [{ path, photo }] : [];
    });
  }

  /** An expired session needs no sentence here: signing in again stands over the screen already. */
  async #fail(failure: ApiError, refresh: () => Promise<void>): Promise<void> {
    const field = failure.detail['field'];
    if (failure.code === 'field_missing' && typeof field === 'string') this.missing = [field];
    else if (failure.code === 'stale_version' || failure.code === 'action_not_allowed') {
      try {
        await refresh();
      } catch {
        this.failure = failure;
      }
    } else if (failure.code !== 'not_signed_in') this.failure = failure;
  }

  /** One id for one intention: the same words sent again carry the same id, other words a new one. */
  #idFor(action: PossibleAction, payload: ActionPayload): string {
    const content = JSON.stringify([action.action, payload]);
    if (content !== this.#request.content) this.#request = { content, id: requestId() };
    return this.#request.id;
  }

  #forget(action: string): void {
    this.#request = { content: '', id: '' };
    this.#typed[action] = {};
    if (takesPhotos(action)) this.photos = this.#promised = [];
    if (this.open === action) this.close();
  }
}
