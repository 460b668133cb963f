import type { errorsZh } from './errors.zh.ts';

export const errorsEn: { readonly [Key in keyof typeof errorsZh]: string } = {
  'error.offline': 'There is no network. What you entered is kept: try again when you are back online.',
  'error.timeout': 'The network is slow and no answer came. What you entered is kept: try again in a moment.',
  'error.server_down':
    'The service is not answering; it is not your fault. What you entered is kept: try again in a few minutes.',
  'error.too_many': 'Too many requests at once. What you entered is kept: wait a minute and try again.',
  'error.unknown':
    'That did not work, and we cannot tell why. What you entered is kept: try again, or ask your community office.',
};
