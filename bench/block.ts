/**
 * What `bench/block` runs: the lab with the real agent, the real service, and a client that sends a packet each
 * millisecond to the internet. Each round blocks it by the API and waits until no packet arrives any more; in turns
 * with that, a shell on the router does the same by a bare `nft add element`. Time runs from before the request is sent (the
 * command is written) to when the first packet was sent that did not arrive.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Interrupted, untilInterrupted } from '../src/cli/interruption.ts';
import { expose } from '../lab/cloud.ts';
import { type Client, type Lab, createLab, INTERNET4, whyNoLab } from '../lab/lab.ts';
import { now } from './block-packets.ts';
import type { Ready } from './block-service.ts';
import { type Traffic, createBareRound, quantile, startTraffic } from './block-traffic.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } });

const ROUTER = '/api/v1/routers/mac-027700000001';
/** Milliseconds from the beginning of a block. */
type Round = { dropped: number; gap: number; answered: number; applied: number };

/** What the API answers to a change. */
type Change = { id: string; delivery: { policy_revision: number } };

/** Asks the service, with the token. */
type Request = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Response>;

const reason = whyNoLab();
if (reason !== undefined) {
  console.error(`bench/block needs a lab, and there can be none here: ${reason}`);
  process.exit(1);
}
await untilInterrupted(async (_, interrupted) => {
  await using things = new AsyncDisposableStack();
  await Promise.race([measure(things), interrupted]);
}).catch((error: unknown) => {
  console.error(error instanceof Interrupted ? error.message : error);
  process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
});
process.exit(); // the event stream is still open

async function measure(things: AsyncDisposableStack): Promise<void> {
  const { apiPort, routersPort, token, roundTrips } = await startService(things);
  console.log(
    `round trips to the database, with begin, the session and commit: a block ${roundTrips.block}, a rule of a person with 20 devices on 3 routers ${roundTrips.rule} (to be at most 5 and 6)`,
  );
  const lab = things.use(await createLab(1));
  things.defer(await expose(lab, 8080, apiPort));
  things.defer(await expose(lab, routersPort, routersPort));
  const request: Request = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${apiPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const [client] = lab.clients;
  if (client === undefined) throw new Error('the lab has a client');
  const applied = await followEvents(request);
  await link(lab, client, request);
  const traffic = startTraffic(lab, client);
  const byService = createServiceRound(request, client, traffic, applied);
  const byShell = createBareRound(lab, client.mac, traffic);
  await traffic.flows();
  await byService(); // nobody's first time
  await byShell();
  const rounds: Round[] = [];
  const bare: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // The agent glances around every 3 seconds: a block may come at any moment of that.
    await pause(3_000 * Math.random());
    rounds.push(await byService());
    bare.push(await byShell());
  }
  report(rounds, bare);
}

async function startService(things: AsyncDisposableStack): Promise<Ready> {
  const child = fork(join(import.meta.dirname, 'block-service.ts'));
  things.defer(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error('the service has ended');
  });
  failed.catch(() => undefined);
  const [ready] = await Promise.race([once(child, 'message'), failed]);
  return ready;
}

/** Returns a function that waits until the event stream reports a revision as applied, and returns when it did. */
async function followEvents(request: Request): Promise<(revision: number) => Promise<number>> {
  const seen: { revision: number; at: number }[] = [];
  let heard = (): void => undefined;
  const { body } = await request('GET', '/api/v1/events');
  if (body === null) throw new Error('no stream');
  const lines = createInterface({ input: Readable.fromWeb(body) });
  lines.on('line', (line) => {
    const revision = /^data: .*"policy\.applied".*"applied_revision":(\d+)/.exec(line)?.[1];
    if (revision === undefined) return;
    seen.push({ revision: Number(revision), at: now() });
    heard();
  });
  return async (wanted) => {
    for (;;) {
      const found = seen.find(({ revision }) => revision >= wanted);
      if (found !== undefined) return found.at;
      await new Promise<void>((resolve) => (heard = resolve));
    }
  };
}

async function link(lab: Lab, { mac }: Client, request: Request): Promise<void> {
  const made = await request('POST', '/api/v1/pairing-codes', {});
  const { code }: { code: string } = JSON.parse(await made.text());
  // The service is `localhost` to itself; the router reaches it by another name.
  const url = `http://${INTERNET4}:8080`;
  const line = `wget -qO- ${url}/install.sh | sed "s|^url=.*|url='${url}'|" | sh -s -- ${code}`;
  const linked = await lab.image.run('sh', '-c', line);
  if (linked.code !== 0) throw new Error(`the router could not be linked: ${linked.stderr}`);
  for (;;) {
    if ((await (await request('GET', `${ROUTER}/devices`)).text()).includes(mac)) return;
    await pause(100);
  }
}

function createServiceRound(
  request: Request,
  { mac }: Client,
  traffic: Traffic,
  applied: (revision: number) => Promise<number>,
): () => Promise<Round> {
  const change = async (path: string, body: object): Promise<Change> =>
    JSON.parse(await (await request('POST', `${ROUTER}/blocks${path}`, body)).text());
  return async () => {
    const began = now();
    const { id, delivery } = await change('', { device_mac: mac });
    const answered = now();
    const { last, first } = await traffic.stops();
    const confirmed = await applied(delivery.policy_revision);
    const end = await change(`/${id}/unblock`, {});
    await applied(end.delivery.policy_revision);
    await traffic.flows();
    return {
      dropped: first - began,
      gap: first - last,
      answered: answered - began,
      applied: confirmed - began,
    };
  };
}

function report(rounds: Round[], bare: number[]): void {
  const of = (what: keyof Round) => rounds.map((round) => round[what]);
  const load = loadavg()[0] ?? 0;
  console.log(
    `${rounds.length} blocks of a device that sends a packet each millisecond; ${cpus().length} cores, load average ${load.toFixed(1)}`,
  );
  print('from POST to the first dropped packet', of('dropped'), '   (to be under 50 and 200)');
  print('  the API has answered', of('answered'));
  print('  the event stream says applied', of('applied'));
  print('  between two packets there', of('gap'));
  print('from nft add element to the same', bare);
  const ratio = quantile(of('dropped'), 0.5) / quantile(bare, 0.5);
  console.log(`ratio ${ratio.toFixed(1)} of the medians`);
}

function print(what: string, times: number[], note = ''): void {
  const [median, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  console.log(
    `${what.padEnd(40)} median ${median.toFixed(1).padStart(6)} ms   p99 ${p99.toFixed(1).padStart(6)} ms${note}`,
  );
}
