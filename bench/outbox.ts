/**
 * What `bench/outbox` runs: alerts for many targets, delivered by two processes of which one is killed (SIGKILL) again
 * and again, on an embedded server of its own. Prints how many arrived, how many twice, and whether each target got
 * them in order. The test src/alerts/killed-workers.test.ts does the same with fewer.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/pool.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';
import { deliverWhileKilled } from '../testing/killed-workers.ts';
import { deliverBeside, sendBare } from './outbox-beside.ts';

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '100' },
    messages: { type: 'string', default: '100' },
    kills: { type: 'string', default: '50' },
    hanging: { type: 'string', default: '40' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
const server = await joinEmbeddedServer({ dataFolder: folder });
const { database, close } = openDatabase(server.addresses.service, { role: SERVICE_ROLE });
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  const result = await deliverWhileKilled({
    database,
    address: server.addresses.service,
    channels: Number(values.channels),
    messages: Number(values.messages),
    kills: Number(values.kills),
  });
  const { arrived, received, doubles, wrong, kills, seconds } = result;
  console.log(
    `${arrived} alerts arrived (${received} requests, ${doubles} doubles with the id of the first) in ${seconds.toFixed(0)} s, ` +
      `with ${kills} kills; targets with a loss or another order: ${wrong.length}`,
  );
  for (const each of wrong) console.log(each);
  if (wrong.length > 0) process.exitCode = 1;
  const bare = await sendBare(arrived);
  console.log(
    `${arrived} bare requests, which nothing stores: ${bare.toFixed(1)} s; the outbox takes ${(seconds / bare).toFixed(1)} times as long`,
  );
  for (const hanging of [0, Number(values.hanging)]) {
    const { half, most } = await deliverBeside(
      { database, address: server.addresses.service },
      hanging,
    );
    console.log(
      `beside ${hanging * 5} targets that hang: half of the alerts arrive within ${half.toFixed(0)} ms, 99 in 100 within ${most.toFixed(0)} ms`,
    );
  }
} finally {
  await close();
  await server.leave();
  await rm(folder, { recursive: true });
}
