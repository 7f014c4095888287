/** Calls a router by SSH: the same lines as when it dials in, started by the one command that its key may run. */
import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { ALGORITHMS, COMMAND } from './ssh-server.ts';

/** Why a call did not come about. */
export type CallProblem = 'unreachable' | 'other-host-key' | 'key-refused';

export class CallFailedError extends Error {
  readonly problem: CallProblem;

  constructor(problem: CallProblem, cause: Error | undefined) {
    super(cause?.message ?? 'the connection has ended', { cause });
    this.problem = problem;
  }
}

export type CallOptions = {
  host: string;
  port: number;
  /** The only one that is spoken to: `ssh-ed25519 AAAA…`. */
  hostKey: string;
  /** In OpenSSH's own format. */
  clientKey: string;
};

/** A call that was taken. */
export type OpenCall = {
  stream: Duplex;
  /** Ends the whole connection. */
  end: () => void;
};

/** Milliseconds until a router must have let us in. */
const PATIENCE = 20_000;

/**
 * Opens the one channel there is. A host with another key is sent nothing: it is left during the key exchange.
 * Rejects with CallFailedError.
 */
export function callRouter(options: CallOptions): Promise<OpenCall> {
  const { host, port, hostKey, clientKey } = options;
  const pinned = Buffer.from(hostKey.split(' ')[1] ?? '', 'base64');
  const opened = Promise.withResolvers<OpenCall>();
  const client = new ssh2.Client();
  let isOther = false;
  const fail = (error?: Error & { level?: string | undefined }) => {
    const isRefused = error?.level === 'client-authentication';
    const problem = isRefused ? 'key-refused' : 'unreachable';
    opened.reject(new CallFailedError(isOther ? 'other-host-key' : problem, error));
    client.end();
  };
  client
    .on('error', fail)
    .on('close', () => fail())
    .on('ready', () =>
      client.exec(COMMAND, (error, channel) => {
        if (error !== undefined) {
          fail(error);
          return;
        }
        // Whatever it says there is no part of the protocol; unread, it would hold up the connection.
        channel.stderr.resume();
        opened.resolve({ stream: channel, end: () => void client.end() });
      }),
    )
    .connect({
      host,
      port,
      username: 'root',
      algorithms: ALGORITHMS,
      privateKey: clientKey,
      authHandler: ['publickey'],
      hostVerifier: (presented: Buffer) => {
        isOther = !presented.equals(pinned);
        return !isOther;
      },
      readyTimeout: PATIENCE,
    });
  return opened.promise;
}
