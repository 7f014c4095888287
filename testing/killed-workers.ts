/** Alerts that must arrive although the processes that deliver them are killed again and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sealSecrets } from '../src/alerts/sending.ts';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import type { Database } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { ask } from './alerts.ts';
import { createUser } from './database.ts';
import { type Received, startTarget } from './target-server.ts';

const SECRET_KEY = 'a key for tests only, 32 characters or more';
const WORKERS = 2;
/** Of each person, so that many channels are delivered to at once. */
const CHANNELS = 5;

export type KilledOptions = {
  database: Database;
  address: DatabaseAddress;
  channels: number;
  /** For each channel. */
  messages: number;
  kills: number;
};

export type KilledResult = {
  kills: number;
  received: number;
  /** Different ones. */
  arrived: number;
  doubles: number;
  /** Targets at which something is missing, or came in another order. */
  wrong: string[];
  seconds: number;
};

/** Writes events in many transactions while two workers deliver them, and one of them is killed and replaced so many times. */
export async function deliverWhileKilled({
  database,
  address,
  channels,
  messages,
  kills,
}: KilledOptions): Promise<KilledResult> {
  const expected = channels * messages;
  // Now and then a target fails, too.
  let answered = 0;
  const target = await startTarget(() => ({ status: (answered += 1) % 50 === 0 ? 503 : 204 }));
  const homes = [];
  for (let home = 0; home < channels / CHANNELS; home += 1)
    homes.push(await makeHome(database, target.url, home));
  const workers = Array.from({ length: WORKERS }, () => startWorker(address));
  const began = performance.now();
  try {
    const texts = Array.from({ length: messages }, (_, index) => String(index));
    const writing = Promise.all(
      homes.map(async (home) => {
        for (const text of texts) await ask(database, home, [text]);
      }),
    );
    for (let killed = 0; killed < kills; killed += 1) {
      // Each time after some have arrived, so that it is in the middle of its work.
      await target.waitFor(Math.floor((expected * (killed + 1)) / (kills + 2)));
      await delay(Math.random() * 50);
      const [victim] = workers.splice(0, 1);
      await kill(victim);
      workers.push(startWorker(address));
    }
    await writing;
    await target.waitFor(expected, nameOf);
    // What comes twice would come now.
    await delay(500);
    return {
      ...judge(target.received, channels, texts),
      kills,
      seconds: (performance.now() - began) / 1_000,
    };
  } finally {
    await Promise.all(workers.map(kill));
    await target.close();
  }
}

const idOf = ({ headers }: Received) => String(headers['webhook-id']);
const textOf = ({ body }: Received): string => JSON.parse(body.toString()).data.text;
const nameOf = (received: Received) => `${received.path} ${textOf(received)}`;

/** In the order in which they came first; a double has the id of the first, and comes before the next one. */
function judge(received: readonly Received[], channels: number, texts: readonly string[]) {
  const byPath = Map.groupBy(received, ({ path }) => path);
  const wrong = [...byPath].flatMap(([path, list]) => {
    const first = list.filter(
      (one, index) => idOf(one) !== idOf(list[index - 1] ?? { ...one, headers: {} }),
    );
    const came = first.map(textOf);
    return JSON.stringify(came) === JSON.stringify(texts) ? [] : [`${path}: ${came.join(' ')}`];
  });
  const arrived = new Set(received.map(idOf)).size;
  return {
    received: received.length,
    arrived,
    doubles: received.length - arrived,
    wrong: byPath.size === channels ? wrong : [...wrong, `${byPath.size} targets`],
  };
}

/** Somebody with channels, each of which has a path of its own. */
export async function makeHome(database: Database, url: string, number: number) {
  const userId = await createUser(database);
  return tenantTransaction(database, userId, async (transaction) => {
    const { id: homeId } = await transaction
      .selectFrom('homes')
      .select('id')
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const settings = {
        url: `${url}/${number}/${channel}`,
        secret: `whsec_${'A'.repeat(44)}`,
      };
      const secrets = { settings, unsubscribe: null };
      await transaction
        .insertInto('alert_channels')
        .values({
          user_id: userId,
          home_id: homeId,
          member_id: userId,
          kind: 'webhook',
          name: 'Webhook',
          sealed_settings: sealSecrets(secrets, SECRET_KEY),
        })
        .execute();
    }
    return { userId, homeId };
  });
}

/** A process that delivers. @param claimSeconds how long its channels wait for another one when it is killed */
export function startWorker(address: DatabaseAddress, claimSeconds = 2): ChildProcess {
  const options = JSON.stringify({ secretKey: SECRET_KEY, claimSeconds, address });
  const file = join(PROJECT_FOLDER, 'testing/alerts-worker.ts');
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Kills a process that delivers (SIGKILL), and waits until it is gone. */
export async function kill(worker: ChildProcess | undefined): Promise<void> {
  if (worker === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}
