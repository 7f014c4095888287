import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

/** A person with a router and so many devices behind it, the first seen last. */
async function personWithDevices(count: number) {
  const person = await web.signIn();
  const router = await createRouter(database.service, person.userId, `home-${randomUUID()}`);
  await tenantTransaction(database.service, person.userId, (transaction) =>
    sql`insert into user_devices (user_id, router_id, ip, mac, hostname, manufacturer, is_online, first_seen, last_seen)
        select ${person.userId}, ${router}, '10.0.0.0'::inet + n, ('02' || lpad(to_hex(n), 10, '0'))::macaddr,
               'host-' || n, 'Vendor ' || n % 7, n % 3 = 0, now() - interval '1 day', now() - n * interval '1 second'
        from generate_series(1, ${count}) n`.execute(transaction),
  );
  return { person, router };
}

test('blocking is one click, shown at once, and undone by another', async () => {
  const { person } = await personWithDevices(3);
  const { page, complaints } = await web.openAs(person, await web.openChromium(), '/devices');
  const row = page.getByRole('row', { name: 'host-2' });
  await row.getByRole('button', { name: 'Block host-2' }).click();
  await row.getByText('Blocked').waitFor();
  await page.getByText('host-2 is blocked.').waitFor();
  expect(await blockedHosts(person.userId)).toEqual(['host-2']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByRole('button', { name: 'Block host-2' }).waitFor();
  await page.getByText('host-2 is no longer blocked.').waitFor();
  expect(await blockedHosts(person.userId)).toEqual([]);
  expect(complaints).toEqual([]);
});

function blockedHosts(userId: string) {
  return tenantTransaction(database.service, userId, async (transaction) =>
    (
      await sql<{ hostname: string }>`
        select hostname from user_blocked_devices b join user_devices d on d.id = b.device_id where b.is_active`.execute(
        transaction,
      )
    ).rows.map(({ hostname }) => hostname),
  );
}
