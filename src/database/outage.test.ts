import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { UnavailableError } from '../errors.ts';
import { explainOutage } from './outage.ts';
import { withClient } from './roles.ts';

const { addresses, service } = await createTestDatabase();

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );

test.each([
  ['is ended by the server', 'select pg_terminate_backend(pg_backend_pid())'],
  ['takes too long', "set statement_timeout = '10ms'; select pg_sleep(5)"],
])('a query that %s says that the database does not answer', async (_what, query) => {
  const error = await failure(withClient(addresses.admin, (client) => client.query(query)));
  expect(error).not.toBeInstanceOf(UnavailableError);
  expect(explainOutage(error)).toBeInstanceOf(UnavailableError);
});

test('a connection that was lost says so at the next query, too', async () => {
  await withClient(addresses.admin, async (client) => {
    const ended = new Promise((resolve) => client.once('end', resolve));
    await failure(client.query('select pg_terminate_backend(pg_backend_pid())'));
    await ended;
    const error = await failure(client.query('select 1'));
    expect(explainOutage(error)).toBeInstanceOf(UnavailableError);
  });
});

test.each([
  ['53100', /disk is full/],
  ['53200', /out of memory/],
  ['53300', /no connection left/],
  ['55P03', /Somebody else is changing/],
  ['40001', /Somebody else changed/],
  ['40P01', /Somebody else changed/],
  ['57P03', /does not answer/],
])('%s is told in its own words', async (code, message) => {
  const raise = `do $$ begin raise exception 'secret' using errcode = '${code}'; end $$`;
  const error = await failure(withClient(addresses.admin, (client) => client.query(raise)));
  expect(explainOutage(error)).toMatchObject({
    name: 'UnavailableError',
    message: expect.stringMatching(message),
  });
});

test('a connection that cannot be made says so, too', async () => {
  const nowhere = { ...addresses.service, host: '/nowhere' };
  const error = await failure(withClient(nowhere, (client) => client.query('select 1')));
  expect(explainOutage(error)).toBeInstanceOf(UnavailableError);
});

test('a mistake of ours stays one', async () => {
  const error = await failure(sql`select nonsense`.execute(service));
  expect(explainOutage(error)).toBe(error);
  expect(explainOutage('text')).toBe('text');
});
