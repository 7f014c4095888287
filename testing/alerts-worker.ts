/** A process that makes messages of events and delivers them, until it is killed: its only argument says how, in JSON. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { DELIVERY_RULES } from '../src/alerts/delivery.ts';
import { sendingServices } from '../src/alerts/sending.ts';
import { startAlerts } from '../src/alerts/worker.ts';
import { parseConfig } from '../src/config/config.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDatabase } from '../src/database/pool.ts';
import { parseJson } from '../src/parse-json.ts';
import { createWakes, tellSaid } from '../src/wakes/postgresql.ts';

const Options = Type.Object({
  secretKey: Type.String(),
  /** How long a channel of a killed process waits for another one. */
  claimSeconds: Type.Number(),
  address: Type.Object({
    host: Type.String(),
    port: Type.Integer(),
    database: Type.String(),
    user: Type.String(),
    password: Type.Optional(Type.String()),
  }),
});

const { secretKey, claimSeconds, address } = Value.Parse(Options, parseJson(process.argv[2] ?? ''));
const wakes = createWakes(address, () => undefined);
const { database } = openDatabase(address, { role: SERVICE_ROLE, onSaid: tellSaid(wakes) });
const config = parseConfig({ ALERT_NETWORKS: '127.0.0.0/8' });
startAlerts({
  database,
  wakes,
  services: sendingServices(config, secretKey, () => undefined),
  onError: () => undefined,
  rules: {
    ...DELIVERY_RULES,
    claimSeconds,
    shortestWait: 100,
    longestWait: 1_000,
    channelInAMinute: 1_000_000,
    memberInAMinute: 1_000_000,
  },
  mostWaiting: 1_000_000,
  mostInADay: 1_000_000,
  lookEvery: 200,
});
