import { pino } from 'pino';
import { expect, test } from 'vitest';
import { UnavailableError } from '../errors.ts';
import { createFailureLog } from './failure-log.ts';

test('an outage is logged once a minute in full, and each of its requests in a short line', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  let now = 0;
  const logFailure = createFailureLog(() => now);
  const fail = (why: string) => {
    const error = new UnavailableError('Try again.', { cause: new Error(why) });
    logFailure({ error, route: '/here' }, log);
  };
  for (let request = 0; request < 300; request += 1) fail('disk full');
  fail('no memory');
  now = 60_000;
  fail('disk full');
  const full = lines.filter((line) => JSON.parse(line).level === 50);
  expect(full.map((line) => JSON.parse(line).err.message)).toEqual([
    expect.stringContaining('disk full'),
    expect.stringContaining('no memory'),
    expect.stringContaining('disk full'),
  ]);
  expect(lines).toHaveLength(302);
  expect(lines.join('').length).toBeLessThan(60_000);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ reason: 'disk full', route: '/here' });
});
