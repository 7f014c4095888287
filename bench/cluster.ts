/**
 * What `bench/cluster` runs: three real Commands-Servers on one PostgreSQL, HAProxy before them, an API beside, and N simulated routers (300)
 * over real SSH. Things are killed, frozen and cut off, and it is measured how long routers are away, and checked that nothing is lost.
 *   --routers N --devices N     how many, and with how many devices each
 *   --scenarios LIST            of scan, kill, freeze, roll, nats, database, cut (default: all; cut only with --machines)
 *   --kills N                   kills anything N times under changes
 *   --database-kills N          how often PostgreSQL is killed (5)
 *   --before                    each way in and out as it was before, too: a balancer that only connects, agents without `redial`
 *   --machines                  each node in a network namespace of its own; needs root
 *   --nats N                    N NATS servers between the processes (2); 0: they tell each other by PostgreSQL
 *   --keep                      keeps the folder with the logs
 *   --hurry                     no pauses for the sake of what is measured: only whether all holds is of interest
 * Ends with 1 if something does not hold.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Cluster, type ClusterOptions, startCluster } from '../testing/cluster/cluster.ts';
import { type ClusterRouter, dialAll, linkRouters } from '../testing/cluster/routers.ts';
import { findWrong } from '../testing/cluster/state.ts';
import { HURRIED, PAUSES, freezeNode, killNode, restartNodes, vanish } from './cluster-nodes.ts';
import { killAnything, killDatabase, killNats } from './cluster-kills.ts';
import { scanAcross } from './cluster-scans.ts';
import { report, seconds } from './cluster-report.ts';

const { values } = parseArgs({
  options: {
    routers: { type: 'string', default: '300' },
    devices: { type: 'string', default: '5' },
    scenarios: { type: 'string', default: 'scan,kill,freeze,roll,nats,database' },
    kills: { type: 'string', default: '0' },
    'database-kills': { type: 'string', default: '5' },
    before: { type: 'boolean', default: false },
    machines: { type: 'boolean', default: false },
    nats: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
    hurry: { type: 'boolean', default: false },
  },
});
const NAMES = ['scan', 'kill', 'freeze', 'roll', 'nats', 'database', 'cut'] as const;
const wanted = new Set(values.scenarios.split(','));
for (const name of wanted)
  if (!NAMES.some((known) => known === name))
    throw new Error(`--scenarios: ${name} is none of ${NAMES.join(', ')}`);

const pauses = values.hurry ? HURRIED : PAUSES;

/** Milliseconds for everything to be well again. */
const LONGEST_RECOVERY = 180_000;
/** Set in the namespaces that this process has made for itself. */
const INSIDE = 'NETPILOT_BENCH_MACHINES';

if (values.machines && process.env[INSIDE] === undefined) process.exitCode = enterNamespaces();
else if (!(await measureAll())) process.exitCode = 1;
// What was frozen may hold something open.
process.exit();

/** Runs this again in namespaces that end with it, and all that it has started. */
function enterNamespaces(): number {
  const options = '--mount --pid --net --fork --kill-child --mount-proc --propagation private';
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const inside = 'mount -t tmpfs tmpfs /run/netns 2>/dev/null || mkdir -p /run/netns; exec "$@"';
  const { status } = spawnSync(
    'unshare',
    [...options.split(' '), 'sh', '-c', inside, 'sh', ...again],
    { stdio: 'inherit', env: { ...process.env, [INSIDE]: 'yes' } },
  );
  return status ?? 1;
}

async function measureAll(): Promise<boolean> {
  const options = { hasMachines: values.machines, nats: Number(values.nats) };
  const isRight = await measure({ ...options, isAware: true }, true);
  if (!values.before) return isRight;
  console.log('\nAs it was before:');
  await measure({ ...options, nats: 0, isAware: false }, false);
  return isRight;
}

/** @param canRedial whether agents dial anew when they are told to @returns whether all holds that must */
async function measure(options: ClusterOptions, canRedial: boolean): Promise<boolean> {
  const cluster = await startCluster(options);
  const count = Number(values.routers);
  const routers = await linkRouters(cluster, count, Number(values.devices), canRedial);
  let isRight = true;
  const check = async (what: string) => {
    if (!(await recover(cluster, routers, what))) isRight = false;
  };
  try {
    const began = performance.now();
    dialAll(cluster.access, routers);
    while (routers.some(({ isOnline }) => !isOnline)) await setTimeout(50);
    report(`${count} routers on 3 nodes`, `connected in ${seconds(performance.now() - began)}`);
    await check('at the beginning');
    if (wanted.has('scan')) await scanAcross(cluster, routers);
    if (wanted.has('kill')) await killNode(cluster, routers).then(() => check('after that'));
    if (wanted.has('freeze'))
      await freezeNode(cluster, routers, pauses).then(() => check('after that'));
    if (wanted.has('roll'))
      await restartNodes(cluster, routers, pauses).then(() => check('after that'));
    if (wanted.has('cut')) await vanish(cluster, routers, pauses).then(() => check('after that'));
    if (wanted.has('nats') && cluster.nats.length > 0)
      await killNats(cluster, routers, pauses).then(() => check('after that'));
    if (wanted.has('database'))
      await killDatabase(cluster, routers, Number(values['database-kills'])).then(() =>
        check('after that'),
      );
    const kills = Number(values.kills);
    if (kills > 0) await killAnything(cluster, routers, kills).then(() => check('after that'));
  } finally {
    for (const { dialled } of routers) dialled?.stop();
    await cluster.close(values.keep);
    if (values.keep) report('logs', cluster.folder);
  }
  return isRight;
}

/** Waits until all holds that must, and says how long that took, or what does not. */
async function recover(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  what: string,
): Promise<boolean> {
  const began = performance.now();
  for (;;) {
    const wrong = await findWrong(cluster, routers).catch((error: unknown) => [String(error)]);
    const took = performance.now() - began;
    if (wrong.length === 0) {
      report(`  ${what}`, `all holds after ${seconds(took)}`);
      return true;
    }
    if (took > LONGEST_RECOVERY) {
      for (const one of wrong) report(`  ${what}`, `WRONG after ${seconds(took)}: ${one}`);
      return false;
    }
    await setTimeout(200);
  }
}
