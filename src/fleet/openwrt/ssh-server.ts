/** The SSH server that routers dial: it knows linked keys, and one command, and offers nothing else. */
import { type AddressInfo, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import ssh2, { type AuthContext, type Connection, type PublicKeyAuthContext } from 'ssh2';
import { fingerprintOf, kindOfBlob } from '../../routers/public-key.ts';
import type { Listening } from '../driver.ts';
import { ADMISSION_LIMITS, type AdmissionLimits, createAdmission } from './admission.ts';
import type { HostKeys } from './host-key.ts';
import { createProxied } from './proxied.ts';

export const USER = 'netpilot';
/** Protocol 2, and 1 for agents before it: they differ in what `hello` says, and that is what counts. */
export const COMMAND = 'netpilot 2';
const COMMANDS: ReadonlySet<string> = new Set(['netpilot 1', COMMAND]);

/** What stock dropbear speaks, and nothing older than it needs. */
export const ALGORITHMS = {
  // In this order: dropbear sends its half in advance where the first of both lists is the same, and ssh2
  // (1.17) then waits for it for ever.
  kex: ['curve25519-sha256@libssh.org', 'curve25519-sha256'],
  serverHostKey: ['ssh-ed25519', 'rsa-sha2-256', 'rsa-sha2-512'],
  cipher: [
    'chacha20-poly1305@openssh.com',
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes256-ctr',
    'aes128-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256'],
  compress: ['none'],
} satisfies ssh2.Algorithms;

/** Keys that a connection may try. */
const MOST_ATTEMPTS = 6;

/** Milliseconds that the other side has to close what we have ended. */
const LINGER = 2_000;

/** Connections that the kernel keeps while we are busy; those beyond wait a second or more to try again. */
const BACKLOG = 4_096;

export type SshServerOptions<Holder> = {
  host: string;
  /** 0 takes any free one. */
  port: number;
  hostKeys: HostKeys;
  log: FastifyBaseLogger;
  /** Who a key belongs to, by the SHA-256 of its blob; undefined: nobody who may log in. */
  findHolder: (fingerprint: Buffer) => Promise<Holder | undefined>;
  /** A holder has asked for the channel. `end` ends the whole connection. */
  onChannel: (holder: Holder, stream: Duplex, end: () => void) => void;
  limits?: Partial<AdmissionLimits>;
  /** Addresses and networks of balancers that may say whose connections they pass on; default: none. */
  trustedProxies?: readonly string[];
};

/** Starts the server. Rejects if it can't listen. */
export async function startSshServer<Holder>(
  options: SshServerOptions<Holder>,
): Promise<Listening> {
  const limits = { ...ADMISSION_LIMITS, ...options.limits };
  const admission = createAdmission(limits, (socket) => ssh.injectSocket(socket));
  const ends = new Set<() => void>();
  const ssh = new ssh2.Server(
    { hostKeys: signersOf(options.hostKeys), algorithms: ALGORITHMS, ident: 'netpilot' },
    (connection, { ip, port }) => {
      const socket = admission.socketOf(ip, port);
      const end = () => {
        connection.end();
        setTimeout(() => socket?.destroy(), LINGER).unref();
      };
      ends.add(end);
      connection.on('close', () => ends.delete(end));
      connection.on('error', (error: Error) =>
        options.log.debug({ err: error, address: ip }, 'an SSH connection failed'),
      );
      let found: Found<Holder> | undefined;
      authenticateWith(connection, options, end, (newest) => (found = newest));
      connection.on('ready', () => {
        if (found === undefined) return end();
        admission.welcome(ip, port, found.fingerprint);
        offerChannel(connection, found.holder, options, end, limits.logInTime);
      });
    },
  );
  // A server of our own, so that one who never says a word is counted and dropped too.
  const proxied = createProxied(options.trustedProxies ?? [], limits.firstLineTime);
  // Nothing is read of a connection before its turn.
  const accepting = { noDelay: true, keepAlive: true, pauseOnConnect: true };
  const server = createServer(accepting, (socket) => proxied.accept(socket, admission.receive));
  const listening = Promise.withResolvers<void>();
  const { host } = options;
  server
    .once('error', listening.reject)
    .listen({ host, port: options.port, backlog: BACKLOG }, listening.resolve);
  await listening.promise;
  server.on('error', (error) => options.log.error({ err: error }, 'the SSH server failed'));
  const port = portOf(server.address());
  const closed = Promise.withResolvers<void>();
  const refuse = () => void server.close(() => closed.resolve());
  return {
    port,
    refuse,
    close: async () => {
      refuse();
      for (const end of ends) end();
      proxied.close();
      admission.close();
      await closed.promise;
    },
  };
}

/**
 * The host keys, as ssh2 asks for them. It offers SHA-1 with any RSA key, whatever ALGORITHMS says (1.17), unless that key says
 * that it is of the one kind of signature that it may make.
 */
function signersOf({ ed25519, rsa }: HostKeys): ssh2.PrivateKeys {
  const signers = (['rsa-sha2-256', 'rsa-sha2-512'] as const).map((type) => {
    const key = ssh2.utils.parseKey(rsa.privateKey);
    if (key instanceof Error) throw key;
    return Object.assign(key, { type, key }); // it looks for a key that is parsed in `key`
  });
  return [ed25519.privateKey, ...signers];
}

/** Who a key belongs to, and its fingerprint in hex. */
type Found<Holder> = { holder: Holder; fingerprint: string };

/** Answers each attempt to log in; tells `onFound` whose key it was before the door opens. */
function authenticateWith<Holder>(
  connection: Connection,
  { findHolder, log }: SshServerOptions<Holder>,
  end: () => void,
  onFound: (found: Found<Holder>) => void,
): void {
  let attempts = 0;
  connection.on('authentication', (context) => {
    attempts += 1;
    if (attempts > MOST_ATTEMPTS) {
      end();
      return;
    }
    authenticate(context, findHolder).then(
      (found) => {
        if (found === undefined) return context.reject(['publickey']);
        if (found !== 'key-is-fine') onFound(found);
        return context.accept();
      },
      (error: unknown) => {
        log.warn({ err: error }, 'the key of a router could not be looked up');
        end();
      },
    );
  });
}

/** Lets a router that has logged in open the one channel there is, within `time` milliseconds. */
function offerChannel<Holder>(
  connection: Connection,
  holder: Holder,
  { onChannel, log }: SshServerOptions<Holder>,
  end: () => void,
  time: number,
): void {
  const timer = setTimeout(end, time);
  connection.on('close', () => clearTimeout(timer));
  let hasSession = false;
  connection.on('session', (accept, reject) => {
    if (hasSession) {
      reject();
      return;
    }
    hasSession = true;
    // Everything that has no listener here, ssh2 refuses: shell, pty, subsystem, forwarding.
    accept().once('exec', (take, refuse, { command }) => {
      clearTimeout(timer);
      if (COMMANDS.has(command)) {
        onChannel(holder, take(), end);
        return;
      }
      log.debug('a router asked for another command than its own');
      refuse();
      end();
    });
  });
}

/**
 * Whether this opens the door. A key without signature asks whether it would do: any key that may be linked would,
 * so that the answer tells nothing and costs no query.
 */
async function authenticate<Holder>(
  context: AuthContext,
  findHolder: SshServerOptions<Holder>['findHolder'],
): Promise<'key-is-fine' | Found<Holder> | undefined> {
  if (context.username !== USER || context.method !== 'publickey') return undefined;
  if (!isSafe(context)) return undefined;
  if (context.signature === undefined) {
    // ssh2 (1.17) says ssh-rsa whatever RSA algorithm it was asked about, and dropbear would then sign with SHA-1.
    if (context.hashAlgo !== undefined) context.key.algo = `rsa-sha2-${context.hashAlgo.slice(3)}`;
    return 'key-is-fine';
  }
  if (!isSigned(context)) return undefined;
  const fingerprint = fingerprintOf(context.key.data);
  const holder = await findHolder(fingerprint);
  return holder === undefined ? undefined : { holder, fingerprint: fingerprint.toString('hex') };
}

/** Whether it is a whole key of the kind that it is called, and RSA signs with SHA-2: ssh2 would take SHA-1 too. */
function isSafe({ key, hashAlgo }: PublicKeyAuthContext): boolean {
  const kind = kindOfBlob(key.data);
  if (kind === undefined || key.algo !== `ssh-${kind}`) return false;
  return kind === 'rsa' ? hashAlgo === 'sha256' || hashAlgo === 'sha512' : hashAlgo === undefined;
}

function isSigned({ key, blob, signature, hashAlgo }: PublicKeyAuthContext): boolean {
  const parsed = ssh2.utils.parseKey(key.data);
  if (parsed instanceof Error || blob === undefined || signature === undefined) return false;
  // Its types hide that it gives an Error for what is no signature at all.
  const verdict: unknown = parsed.verify(blob, signature, hashAlgo);
  return verdict === true;
}

function portOf(address: AddressInfo | string | null): number {
  return address === null || typeof address === 'string' ? 0 : address.port;
}
