import { describe, expect, it } from 'vitest';
import { fromAuth, fromPostgrest, fromStorage, unreached } from './errors.ts';

describe('errors of the Data API', () => {
  it('keep the code, the facts and the way out of our own functions', () => {
    const error = fromPostgrest(
      { code: 'PT409', message: 'stale_version', details: '{"version":4,"state":"handling"}', hint: 'Look.' },
      409,
    );
    expect(error).toMatchObject({
      status: 409,
      code: 'stale_version',
      detail: { version: 4 },
      hint: 'Look.',
    });
  });

  it('tell no network from a server that does not answer and from a wait that ended', () => {
    expect(unreached('TypeError: Failed to fetch', false).code).toBe('offline');
    expect(unreached('TypeError: Failed to fetch', true).code).toBe('server_down');
    expect(unreached('TimeoutError: no answer', true).code).toBe('timeout');
    expect(unreached('', true).passing).toBe(true);
  });
});

describe('errors of Auth', () => {
  it('say the same for a wrong password and an unknown account', () => {
    const said = { message: 'Invalid login credentials', status: 400 };
    expect(fromAuth({ ...said, code: 'invalid_credentials' }).code).toBe('wrong_password');
    expect(fromAuth(said).code).toBe('wrong_password');
  });

  it('tell too many tries and a lost network from a wrong password', () => {
    expect(fromAuth({ message: 'over rate limit', status: 429 }).code).toBe('too_many');
    expect(fromAuth({ message: 'Failed to fetch', status: 0 }).status).toBe(0);
  });
});

describe('errors of Storage', () => {
  it('take a photo that was announced but never sent as missing', () => {
    expect(fromStorage(404).code).toBe('photo_missing');
    expect(fromStorage(400).code).toBe('photo_missing');
  });
});
