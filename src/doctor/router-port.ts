import { once } from 'node:events';
import { connect } from 'node:net';
import ssh2 from 'ssh2';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import { fingerprintOf, fingerprintText } from '../routers/public-key.ts';
import { type Result, type Subject, fail, ok, reasonOf } from './check.ts';
import { readHostKeys } from './host-keys.ts';

const TIMEOUT_MS = 5_000;

/** What answers at an address. */
type Answer = {
  /** Its first line, `SSH-2.0-netpilot` for example; empty if it said nothing. */
  line: string;
  /** Its host key's blob; absent if it did not present an ed25519 key. */
  hostKey?: Buffer;
};

/** Connects to the address that routers are told, as they do, and compares the host key with ours. */
export async function checkRouterPort({ config, database }: Subject): Promise<Result> {
  const { publicHost, port } = config.routers;
  if (isLoopback(publicHost))
    return ok(
      `Not checked: only this machine reaches ${publicHost} (ROUTERS_PUBLIC_HOST, PUBLIC_URL).`,
    );
  const known =
    database === undefined ? [] : await readHostKeys(database.client, database.secretKey);
  const place = `${publicHost.includes(':') ? `[${publicHost}]` : publicHost}:${port}`;
  const fix = howToOpen(config.routers);
  try {
    return judgeAnswer(await lookAt(publicHost, port), {
      place,
      fix,
      known: known.map(({ fingerprint }) => fingerprint),
    });
  } catch (error) {
    return fail(`Nothing answers at ${place}, where routers connect: ${reasonOf(error)}.`, fix);
  }
}

function howToOpen({ publicHost, port, host }: Config['routers']): string {
  return `start NetPilot, let TCP port ${port} through every firewall, and check the DNS of ${publicHost} and ROUTERS_HOST (${host}). If only this machine cannot reach its own public address, try from another: \`ssh-keyscan -p ${port} ${publicHost}\`.`;
}

/** @param known fingerprints of our host keys, if the database shows them to this login */
export function judgeAnswer(
  { line, hostKey }: Answer,
  { place, fix, known }: { place: string; fix: string; known: readonly string[] },
): Result {
  if (hostKey === undefined) {
    const said = line === '' ? 'it says nothing' : `it says “${line}”`;
    return fail(`${place}, where routers connect, is not NetPilot's: ${said}.`, fix);
  }
  const fingerprint = fingerprintText({ fingerprint: fingerprintOf(hostKey) });
  const seen = `${place} answers routers as ${line}, with the host key ${fingerprint}`;
  if (known.length === 0) return ok(`${seen} (this login cannot see whether it is NetPilot's).`);
  return known.includes(fingerprint)
    ? ok(`${seen}, which is NetPilot's.`)
    : fail(`${seen}, which is not NetPilot's (${known.join(', ')}).`, fix);
}

/** Connects, and leaves when it has seen the host key. Rejects if there is no connection. */
export async function lookAt(host: string, port: number): Promise<Answer> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer: Answer = { line: '' };
    socket.once('data', (data: Buffer) => {
      answer.line = /^[\u0020-\u007E]{0,60}/.exec(data.toString('latin1'))?.[0] ?? '';
    });
    const client = new ssh2.Client();
    const over = Promise.withResolvers<void>();
    client.on('error', () => over.resolve()).on('close', () => over.resolve());
    client.connect({
      sock: socket,
      username: 'netpilot',
      readyTimeout: TIMEOUT_MS,
      algorithms: { serverHostKey: ['ssh-ed25519'] },
      // Nobody logs in: the key is all that is wanted.
      hostVerifier: (key: Buffer) => {
        answer.hostKey = key;
        return false;
      },
    });
    await over.promise;
    return answer;
  } finally {
    socket.destroy();
  }
}
