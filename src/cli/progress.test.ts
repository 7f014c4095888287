import { expect, test } from 'vitest';
import { formatBar } from './progress.ts';

test.each([
  ['nothing yet', 0, 100, 0, 'Reading  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %'],
  ['half of it', 50, 100, 500, 'Reading  ███████████████░░░░░░░░░░░░░░░  50 %'],
  ['time left, once it can be told', 50, 100, 12_000, /50 %, 12 s left$/],
  ['minutes left', 1, 100, 2_000, /1 %, 3 min 18 s left$/],
  ['all of it', 100, 100, 60_000, 'Reading  ██████████████████████████████ 100 %'],
  ['more than was thought', 120, 100, 60_000, /100 %$/],
  ['nothing to do', 0, 0, 0, /100 %$/],
])('the bar shows %s', (_what, done, total, elapsedMs, line) => {
  expect(formatBar('Reading', done, total, elapsedMs)).toMatch(line);
});
