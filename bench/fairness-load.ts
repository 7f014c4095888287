/** The load of bench/fairness, in a process of its own: user 2, who watches, or user 1, who attacks until it is told to stop. */
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export type FairnessLoad =
  | { kind: 'watch'; port: number; seconds: number }
  | { kind: 'attack'; port: number; reads: number; exports: number; imports: number };

/** Milliseconds that answers took, and how many there were by status; `-` for a connection that ended without one. */
export type Answers = { times: number[]; codes: Record<string, number> };

/** A person who clicks all the time, at the rate that one user may have. */
const WATCH_PAUSE = 25;
/**
 * An attacker who is refused tries again after so long: 300 requests a second. Many more are a flood, which costs a server
 * its time whatever it answers: that is for a firewall.
 */
const ATTACK_PAUSE = 1_000;

process.once('message', (load: FairnessLoad) => {
  void (load.kind === 'watch' ? watch(load) : attack(load));
});

async function watch({ port, seconds }: FairnessLoad & { kind: 'watch' }): Promise<void> {
  const answers: Answers = { times: [], codes: {} };
  const agent = new Agent({ keepAlive: true });
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const began = performance.now();
    await count(answers, send({ port, user: 2, path: '/api/v1/routers', agent }));
    answers.times.push(performance.now() - began);
    await delay(WATCH_PAUSE);
  }
  process.send?.(answers, () => process.exit());
}

async function attack(load: FairnessLoad & { kind: 'attack' }): Promise<void> {
  const { port, reads, exports, imports } = load;
  const answers: Answers = { times: [], codes: {} };
  const repeat = async (what: () => Promise<number | undefined>) => {
    for (;;) {
      const began = performance.now();
      const code = await count(answers, what());
      answers.times.push(performance.now() - began);
      if (code !== 200) await delay(ATTACK_PAUSE);
    }
  };
  const agent = new Agent({ keepAlive: true });
  const read = { port, user: 1, path: '/api/v1/devices?limit=10000&text=zzzz', agent };
  const stalled = { port, user: 1, path: '/api/v1/me/export', isStalled: true };
  const sent = { port, user: 1, path: '/api/v1/imports?router_id=router-1', body: UPLOAD };
  for (let n = 0; n < reads; n += 1) void repeat(() => send(read));
  for (let n = 0; n < exports; n += 1) void repeat(() => send(stalled));
  for (let n = 0; n < imports; n += 1) void repeat(() => send(sent));
  process.on('message', () => process.send?.(answers, () => process.exit()));
}

const BOUNDARY = 'fairness';
const UPLOAD = [
  `--${BOUNDARY}`,
  'Content-Disposition: form-data; name="files"; filename="devices.json"',
  'Content-Type: application/json',
  '',
  '[{"ip": "10.0.0.9", "mac": "02:00:00:00:00:09", "last_seen": "2025-06-01T12:00:00"}]',
  `--${BOUNDARY}--`,
  '',
].join('\r\n');

type Sent = {
  port: number;
  user: number;
  path: string;
  agent?: Agent;
  body?: string;
  /** Reads the first piece of the answer and no more, for as long as the server keeps the connection. */
  isStalled?: boolean;
};

/** Sends a request and resolves with the status once the answer, or the connection, has ended. */
function send({ port, user, path, agent, body, isStalled }: Sent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path,
      method: body === undefined ? 'GET' : 'POST',
      agent: agent ?? false,
      headers: {
        cookie: `netpilot_session=bench-${user}`,
        ...(body !== undefined && {
          'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        }),
      },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode } = response;
      response.once('error', reject);
      if (isStalled === true && statusCode === 200) {
        response.once('readable', () => response.read());
        response.once('close', () => resolve(statusCode));
      } else response.resume().once('end', () => resolve(statusCode));
    });
    request.end(body);
  });
}

async function count(
  { codes }: Answers,
  answer: Promise<number | undefined>,
): Promise<number | undefined> {
  const code = await answer.catch(() => undefined);
  codes[code ?? '-'] = (codes[code ?? '-'] ?? 0) + 1;
  return code;
}
