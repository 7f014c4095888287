import { describe, expect, test } from 'vitest';
import { linesOf } from './traffic-lines.ts';

const minute = (at: string, down: number) => ({ at: `2026-11-27T12:${at}:00Z`, down, up: 0 });
const second = (at: string) => Date.parse(`2026-11-27T12:${at}Z`) / 1000;

describe('the line of what goes through the routers', () => {
  test('has the minutes of all homes together, in bit/s, but for the one that is not over', () => {
    const minutes = [
      minute('00', 7_500_000),
      minute('01', 15_000_000),
      minute('02', 1),
      minute('00', 7_500_000),
      minute('01', 0),
      minute('02', 1),
    ];
    expect(linesOf(minutes, [])).toEqual({
      at: [second('00:00'), second('01:00')],
      down: [2_000_000, 2_000_000],
      up: [0, 0],
    });
  });

  test('goes on with what was measured since the page opened', () => {
    const samples = [
      { at: second('01:30') * 1000, down: 5, up: 6 },
      { at: second('01:32') * 1000, down: 7, up: 8 },
    ];
    expect(linesOf([minute('00', 7_500_000), minute('01', 1), minute('02', 1)], samples)).toEqual({
      at: [second('00:00'), second('01:30'), second('01:32')],
      down: [1_000_000, 5, 7],
      up: [0, 6, 8],
    });
  });

  test('is empty before anything is known', () => {
    expect(linesOf([], [])).toEqual({ at: [], down: [], up: [] });
  });
});
