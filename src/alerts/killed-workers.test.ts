/** The processes that deliver are killed; `bench/outbox` does it with 10,000 alerts and 50 kills. */
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { deliverWhileKilled } from '../../testing/killed-workers.ts';

const { service, addresses } = await createTestDatabase();

test('every alert arrives, in order, whichever worker is killed; one that comes twice has the same id', async () => {
  const result = await deliverWhileKilled({
    database: service,
    address: addresses.service,
    channels: 10,
    messages: 30,
    kills: 5,
  });
  expect(result).toMatchObject({ arrived: 300, wrong: [], kills: 5 });
}, 120_000);
