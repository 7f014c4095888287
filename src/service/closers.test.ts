import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createClosers } from './closers.ts';

test('Parts are closed the last one first; one that hangs or fails is named, and holds up no other', async () => {
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const { add, closeAll } = createClosers(log, 10);
  const closed: string[] = [];
  add('database', async () => void closed.push('database'));
  add('frozen', () => new Promise(() => undefined));
  add('broken', () => Promise.reject(new Error('no')));
  add('web', async () => void closed.push('web'));
  await closeAll();
  expect(closed).toEqual(['web', 'database']);
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { part: 'broken', msg: 'did not stop cleanly', err: { message: 'no' } },
    { part: 'frozen', msg: 'did not stop in time' },
  ]);
  await closeAll();
  expect(closed).toHaveLength(2);
});
