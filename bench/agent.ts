/**
 * What `bench/agent` runs: the real agent under busybox ash in two labs, with 15 devices and with 250 that are there and say
 * nothing, at its own pace, with a server that only pings. Processes started are counted by the kernel: the lab has process
 * IDs of its own, and /proc/loadavg tells the last one. CPU is that of a cgroup with all the agent starts. Memory
 * is the proportional share (PSS) of all its processes, with the lab's stand-ins for ubus and iw, which are shells.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted, untilInterrupted } from '../src/cli/interruption.ts';
import { type Conversation, configure, converse } from '../lab/conversation.ts';
import { type Lab, createLab, whyNoLab } from '../lab/lab.ts';
import { type Meter, openMeter, pidsOf, proportionalShare } from './agent-cost.ts';
import { now } from './block-packets.ts';
import { createBareRound, quantile, startTraffic } from './block-traffic.ts';

/** The agent's own pace, and a multiple of it to measure for, in seconds. */
const INTERVAL = 14;
const MEASURED = 6 * INTERVAL;
const PING = 20_000;
const ROUNDS = 30;

/** What a router with so many devices costs. */
type Cost = { devices: number; perMinute: number; cpu: number; memory: number; look: number };

const reason = whyNoLab();
if (reason !== undefined) {
  console.error(`bench/agent needs a lab, and there can be none here: ${reason}`);
  process.exit(1);
}
await untilInterrupted(async (_, interrupted) => {
  await using things = new AsyncDisposableStack();
  await Promise.race([measure(things), interrupted]);
}).catch((error: unknown) => {
  console.error(error instanceof Interrupted ? error.message : error);
  process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
});
process.exit();

async function measure(things: AsyncDisposableStack): Promise<void> {
  const homes = await Promise.all([15, 250].map((devices) => furnish(things, devices)));
  const [few, many] = await Promise.all(homes.map(rest));
  if (few === undefined || many === undefined) throw new Error('there are two homes');
  print(few, true);
  print(many, false);
  const [home] = homes;
  if (home !== undefined) await race(home);
}

type Home = { lab: Lab; agent: Conversation; devices: number; meter: Meter };

/** A home where devices are there: the router knows them as neighbours, its bridge hears them, and they have leases. */
async function furnish(things: AsyncDisposableStack, devices: number): Promise<Home> {
  const lab = things.use(await createLab(1));
  const macs = Array.from({ length: devices - 1 }, (_, index) => {
    const hex = (index + 2).toString(16).padStart(4, '0');
    return `02:00:00:01:${hex.slice(0, 2)}:${hex.slice(2)}`;
  });
  const address = (index: number): string => `192.168.77.${(index % 240) + 2}`;
  const commands = macs.flatMap((mac, index) => [
    `ip neigh replace ${index < 240 ? address(index) : `2001:db8:2::${index}`} lladdr ${mac} nud stale dev br-lan`,
    `bridge fdb replace ${mac} dev lan1 master static`,
  ]);
  const { code, stderr } = await lab.router.run('sh', '-ec', commands.join('\n'));
  if (code !== 0) throw new Error(stderr);
  const leases = macs
    .slice(0, 240)
    .map((mac, index) => `4102444800 ${mac} ${address(index)} device-${index} *\n`);
  appendFileSync(`${lab.root}/tmp/dhcp.leases`, leases.join(''));
  configure(lab, `interval ${INTERVAL}`);
  const agent = converse(lab);
  things.use(agent);
  await agent.expect(/^hello /);
  await agent.apply(1, 'mode none', 'limit -', 'full -', 'block 02:00:00:00:00:99');
  const ping = setInterval(() => agent.tell('ping 1'), PING);
  things.defer(() => clearInterval(ping));
  return { lab, agent, devices, meter: things.use(openMeter(pidsOf(lab))) };
}

async function rest({ lab, agent, devices, meter }: Home): Promise<Cost> {
  const last = countProcesses(lab);
  await pause(1_000 * INTERVAL); // what begins with a connection is over
  const before = { processes: await last(), cpu: meter.cpuSeconds(), at: now() };
  await pause(1_000 * MEASURED);
  const hours = (now() - before.at) / 3_600_000;
  const perMinute = ((await last()) - before.processes) / (hours * 60);
  const cpu = (meter.cpuSeconds() - before.cpu) / hours;
  const memory = pidsOf(lab).reduce((sum, pid) => sum + proportionalShare(pid), 0);
  const looks: number[] = [];
  for (let id = 2; id < 12; id += 1) {
    const began = now();
    agent.tell(`scan ${id}`);
    await agent.expect(new RegExp(`^scanned ${id} `));
    looks.push(now() - began);
  }
  return { devices, perMinute, cpu, memory, look: quantile(looks, 0.5) };
}

/** Starts a shell in the lab that tells the last process ID there whenever it is asked, and starts none for that. */
function countProcesses(lab: Lab): () => Promise<number> {
  const script = 'while read -r line; do read -r a b c d last </proc/loadavg; echo $last; done';
  const { process: shell } = lab.router.start('sh', '-c', script);
  const answers = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return async () => {
    shell.stdin.write('\n');
    return Number((await answers.next()).value);
  };
}

function print({ devices, perMinute, cpu, memory, look }: Cost, isFirst: boolean): void {
  const processes = `processes per minute: ${Math.round(perMinute * 10) / 10}`;
  console.log(isFirst ? processes : `${processes} with ${devices} devices`);
  const row = (what: string, value: string) =>
    console.log(`  ${`${what}, ${devices} devices`.padEnd(40)} ${value}`);
  row('CPU seconds per hour', Number.isNaN(cpu) ? 'no cgroup to measure it' : cpu.toFixed(2));
  row('memory of all its processes (PSS)', `${(memory / 1024).toFixed(2)} MB`);
  row('a whole look, median of 10', `${look.toFixed(1)} ms`);
}

/** Blocks by a document, from before it is written to the agent, in turns with a shell on the router. */
async function race({ lab, agent }: Home): Promise<void> {
  const [client] = lab.clients;
  if (client === undefined) throw new Error('the lab has a client');
  const traffic = startTraffic(lab, client);
  const byShell = createBareRound(lab, client.mac, traffic);
  const open = ['mode none', 'limit -', 'full -'];
  let revision = 1;
  const byAgent = async (): Promise<number> => {
    const began = now();
    const applied = agent.apply(++revision, ...open, `block ${client.mac}`);
    const { first } = await traffic.stops();
    await applied;
    await agent.apply(++revision, ...open);
    await traffic.flows();
    return first - began;
  };
  await traffic.flows();
  await byAgent(); // nobody's first time
  await byShell();
  const agents: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await pause(100 * Math.random());
    agents.push(await byAgent());
    bare.push(await byShell());
  }
  const [one, other] = [quantile(agents, 0.5), quantile(bare, 0.5)];
  console.log(`document to first dropped packet: median ${one.toFixed(1)} ms of ${ROUNDS}`);
  console.log(
    `nft add element to the same: median ${other.toFixed(1)} ms; ratio ${(one / other).toFixed(1)}`,
  );
}
