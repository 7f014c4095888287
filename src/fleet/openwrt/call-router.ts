/** Dials a router by SSH: the same lines as when it dials in, started by the one command that its key may run. */
import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import { DialFailedError, type DialTarget } from '../driver.ts';
import { ALGORITHMS, COMMAND } from './ssh-server.ts';

/** An open connection. */
export type OpenCall = {
  stream: Duplex;
  /** Ends the whole connection. */
  end: () => void;
};

/** Milliseconds until a router must have let us in. */
const PATIENCE = 20_000;

/**
 * Opens the one channel there is. A host with another key is sent nothing: it is left during the key exchange.
 * Rejects with DialFailedError.
 */
export function callRouter(target: DialTarget): Promise<OpenCall> {
  const { host, port, hostKey, clientKey } = target;
  const [kind, blob = ''] = hostKey.split(' ');
  const pinned = Buffer.from(blob, 'base64');
  const opened = Promise.withResolvers<OpenCall>();
  const client = new ssh2.Client();
  let isOther = false;
  const fail = (error?: Error & { level?: string | undefined }) => {
    const isRefused = error?.level === 'client-authentication';
    const problem = isRefused ? 'key-refused' : 'unreachable';
    opened.reject(new DialFailedError(isOther ? 'other-host-key' : problem, error));
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
      // Of several host keys it must show the pinned one.
      algorithms: {
        ...ALGORITHMS,
        serverHostKey: kind === 'ssh-rsa' ? ['rsa-sha2-256', 'rsa-sha2-512'] : ['ssh-ed25519'],
      },
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
