/** The commands-server of bench/routers, alone in a process. Its parent asks by IPC: `memory`, `cpu`, `connected`. */
import { pino } from 'pino';
import { startCommandsServer } from '../src/fleet/start.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDatabase } from '../src/database/pool.ts';
import { createOpenWrtDriver } from '../src/fleet/openwrt/driver.ts';
import { readOrMakeHostKeys } from '../src/fleet/openwrt/host-key.ts';
import { createWakes, tellSaid } from '../src/wakes/postgresql.ts';
import { answerParent } from './answer-parent.ts';

// The last says how others are told: `within` the commit, as it was done before, or after it.
const [host = '', port, name = '', user = '', password = '', way] = process.argv.slice(2);
const serviceAddress = { host, port: Number(port), database: name, user, password };
const wakes = createWakes(serviceAddress, (error) => console.error(error));
const { database } = openDatabase(serviceAddress, {
  role: SERVICE_ROLE,
  ...(way !== 'within' && { onSaid: tellSaid(wakes) }),
});
const hostKeys = await readOrMakeHostKeys(database, 'a key for the bench only, of 32 characters');
const log = pino({ level: 'warn' }, pino.destination(2));
const server = await startCommandsServer({
  database,
  wakes,
  driver: createOpenWrtDriver({ hostKeys, log }),
  log,
  host: '127.0.0.1',
  port: 0,
});

answerParent(() => server.connections.size());
process.send?.({ host: '127.0.0.1', port: server.port, hostKeys: [hostKeys.ed25519.publicKey] });
