import { expect, test } from 'vitest';
import { parseApiError } from './api-error.ts';

test('an error of our own keeps its code, its facts and the way out', () => {
  const error = parseApiError(422, {
    code: 'PT422',
    message: 'field_too_long',
    details: '{"field":"what","max":500}',
    hint: 'shorten it',
  });
  expect(error).toMatchObject({
    status: 422,
    code: 'field_too_long',
    detail: { field: 'what', max: 500 },
    hint: 'shorten it',
  });
  expect(error.passing).toBe(false);
});

test('an error the server inlined in the page is read the same', () => {
  expect(parseApiError(0, { error: { code: 'PT410', message: 'code_revoked' } })).toMatchObject({
    status: 410,
    code: 'code_revoked',
  });
  expect(parseApiError(404, { error: { code: 'code_unknown' } })).toMatchObject({
    status: 404,
    code: 'code_unknown',
  });
});

test('what is not ours is judged by its status', () => {
  expect(parseApiError(401, { message: 'JWT expired' }).code).toBe('not_signed_in');
  expect(parseApiError(429, null).code).toBe('too_many');
  expect(parseApiError(502, '<html>').code).toBe('server_down');
  expect(parseApiError(400, { message: 'invalid input syntax' }).code).toBe('unknown');
});

test('only what may pass by itself is worth repeating unchanged', () => {
  expect([0, 429, 500, 503].map((status) => parseApiError(status, null).passing)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([400, 404, 409, 422].map((status) => parseApiError(status, null).passing)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
