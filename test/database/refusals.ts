import { expect } from 'vitest';

const field = (error: object, name: string) => (name in error ? String(Reflect.get(error, name) ?? '') : '');

async function errorOf(call: Promise<unknown>): Promise<object> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) expect.fail(`It was not refused but gave ${JSON.stringify(outcome.value)}`);
  if (typeof outcome.error !== 'object' || outcome.error === null) throw outcome.error;
  return outcome.error;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Expects a refusal by the API's own code and HTTP status; gives its detail (parsed) to look into. */
export async function expectError(call: Promise<unknown>, code: string, status: number): Promise<unknown> {
  const error = await errorOf(call);
  expect({ code: field(error, 'message'), status: field(error, 'code') }).toEqual({
    code,
    status: `PT${status}`,
  });
  return parsed(field(error, 'detail'));
}

/** Expects that PostgreSQL itself refuses: no privilege, or a row that a policy does not let in (42501). */
export async function expectDenied(call: Promise<unknown>): Promise<void> {
  const error = await errorOf(call);
  expect({ sqlstate: field(error, 'code'), message: field(error, 'message') }).toMatchObject({
    sqlstate: '42501',
  });
}
