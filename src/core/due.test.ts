import { describe, expect, it } from 'vitest';
import { dueAt, streetDay } from './due.ts';

const now = Date.parse('2026-11-22T14:00:00+08:00');
const at = (iso: string) => dueAt(iso, now);

describe('how a deadline stands', () => {
  it('is late from the very minute it falls', () => {
    expect(at('2026-11-22T14:00:00+08:00').tone).toBe('late');
    expect(at('2026-11-22T13:15:00+08:00')).toEqual({ tone: 'late', days: 0, hours: 0, minutes: 45 });
    expect(at('2026-11-19T10:00:00+08:00')).toEqual({ tone: 'late', days: 3, hours: 0, minutes: 0 });
  });

  it('is soon for the rest of the street’s day, whatever the zone it was written in', () => {
    expect(at('2026-11-22T23:30:00+08:00').tone).toBe('soon');
    expect(at('2026-11-22T15:30:00Z').tone).toBe('soon');
    expect(at('2026-11-22T16:30:00Z').tone).toBe('later');
  });

  it('is soon within four hours even across midnight', () => {
    const evening = Date.parse('2026-11-22T22:00:00+08:00');
    expect(dueAt('2026-11-23T01:59:00+08:00', evening).tone).toBe('soon');
    expect(dueAt('2026-11-23T09:00:00+08:00', evening).tone).toBe('later');
  });

  it('never promises more time than there is', () => {
    expect(at('2026-11-22T16:59:59+08:00')).toEqual({ tone: 'soon', days: 0, hours: 2, minutes: 59 });
    expect(at('2026-11-23T13:59:00+08:00')).toEqual({ tone: 'later', days: 0, hours: 23, minutes: 0 });
    expect(at('2026-11-24T13:59:00+08:00').days).toBe(1);
  });

  it('has nothing to say without a deadline or with an unreadable one', () => {
    expect(dueAt(null, now).tone).toBe('none');
    expect(at('soon').tone).toBe('none');
  });
});

describe('a day in the street', () => {
  it('begins at midnight there, wherever the device stands', () => {
    const lateEvening = Date.parse('2026-11-22T15:59:00Z');
    expect(streetDay(lateEvening)).toBe('2026-11-22');
    expect(streetDay(lateEvening + 60_000)).toBe('2026-11-23');
    expect(streetDay(lateEvening, 9)).toBe('2026-12-01');
  });
});
