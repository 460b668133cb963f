import { ApiError, parseApiError } from '../core/api-error.ts';

/** What postgrest-js gives for a failed request; status 0 stands beside it when no answer came. */
export interface PostgrestFailure {
  message: string;
  code?: string | null;
  details?: string | null;
  hint?: string | null;
}

const knowsNetwork = (): boolean => typeof navigator === 'undefined' || navigator.onLine;

/** No answer: the device knows it is offline, the wait was ended, or the server was not reached. */
export function unreached(message: string, online: boolean = knowsNetwork()): ApiError {
  if (!online) return new ApiError(0, 'offline');
  return new ApiError(0, /timeout|no answer|aborted/i.test(message) ? 'timeout' : 'server_down');
}

export const fromPostgrest = (failure: PostgrestFailure, status: number): ApiError =>
  status === 0 ? unreached(failure.message) : parseApiError(status, failure);

interface AuthFailure {
  message: string;
  status?: number | undefined;
  code?: string | undefined;
}

/** Auth says invalid_credentials for an unknown account and a wrong password alike; so do we: `wrong_password`. */
export function fromAuth({ message, status = 0, code }: AuthFailure): ApiError {
  if (status === 0) return unreached(message);
  if (status === 429) return new ApiError(429, 'too_many');
  if (code === 'invalid_credentials' || (status === 400 && /invalid login/i.test(message))) {
    return new ApiError(400, 'wrong_password');
  }
  return parseApiError(status, { message });
}

/** A file that Storage did not give; 400 and 404: it is not there, or not yet. */
export const fromStorage = (status: number): ApiError =>
  status === 404 || status === 400 ? new ApiError(404, 'photo_missing') : parseApiError(status, {});

/** The answer has another shape than this page was built for; `where` names the field, never its value. */
export const answerUnreadable = (where: string): ApiError =>
  new ApiError(200, 'answer_unreadable', { where });
