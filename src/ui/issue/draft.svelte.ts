import { buildPayload, type ActionValues } from '../../core/action-form.ts';
import { ApiError } from '../../core/api-error.ts';
import type { ActionPayload, ActRequest, PossibleAction } from '../../core/issue.ts';
import { requestId } from '../../core/request-id.ts';

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
   * Sends an action decided on `version`. True once it took effect; otherwise everything stays as it was typed,
   * with `missing` or `failure` telling why. After `stale_version` it asks `refresh` for what changed.
   */
  async send(
    action: PossibleAction,
    version: number,
    act: (request: ActRequest) => Promise<void>,
    refresh: () => Promise<void>,
  ): Promise<boolean> {
    if (this.sending !== null) return false;
    const built = buildPayload(action, this.values(action.action));
    this.missing = built.ok ? [] : built.missing;
    if (!built.ok) return false;
    this.sending = action.action;
    this.failure = null;
    try {
      await act({
        action: action.action,
        version,
        payload: built.payload,
        requestId: this.#idFor(action, built.payload),
      });
      this.#forget(action.action);
      return true;
    } catch (error) {
      await this.#fail(error, refresh);
      return false;
    } finally {
      this.sending = null;
    }
  }

  /** An expired session needs no sentence here: signing in again stands over the screen already. */
  async #fail(error: unknown, refresh: () => Promise<void>): Promise<void> {
    const failure = error instanceof ApiError ? error : new ApiError(0, 'unknown');
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
    this.close();
  }
}
