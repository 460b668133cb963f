import { describe, expect, it } from 'vitest';
import { Fan, fanOffset, fanSlots } from './fan.ts';

describe('pins at one place', () => {
  it('stand at least one spacing apart', () => {
    const offsets = Array.from({ length: fanSlots }, (_, slot) => fanOffset(slot));
    offsets.forEach((a, i) => {
      for (const b of offsets.slice(i + 1))
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(0.99);
    });
    expect(offsets[0]).toEqual([0, 0]);
  });

  it('keep their slots when others come and go', () => {
    const fan = new Fan();
    expect([1, 2, 3].map((id) => fan.place(id, 104.05, 30.66))).toEqual([0, 1, 2]);
    fan.leave(2);
    expect(fan.place(3, 104.05, 30.66)).toBe(2);
    expect(fan.place(4, 104.05, 30.66)).toBe(1);
    expect(fan.place(5, 104.06, 30.66)).toBe(0);
  });
});
