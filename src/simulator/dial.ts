/** How a simulated router reaches the commands-server: by SSH, as dropbear's client does for the real one. */
import ssh2, { type ClientChannel } from 'ssh2';
import type { RouterAccess } from '../api/app.ts';
import type { Destination } from '../fleet/driver.ts';
import { COMMAND } from '../fleet/openwrt/ssh-server.ts';
import type { SimulatedAgent } from './agent.ts';
import { createWaiting } from './waiting.ts';

/** The longest line of the protocol, with its end. */
const LONGEST_LINE = 512;

export type DialOptions = {
  access: RouterAccess;
  /** In OpenSSH's own format. */
  privateKey: string;
  agent: SimulatedAgent;
  /** Which of this machine's addresses it comes from: limits count by it. */
  localAddress?: string | undefined;
  /** Told of each connection and of each end of one, with the reason. */
  onChange?: ((change: 'connected' | 'disconnected', reason?: string) => void) | undefined;
};

/** A router that stays connected until it is stopped, or the server tells it to leave. */
export type Dialled = {
  /** Lets one thing happen in its home, and tells the server; gives how many events that were. */
  live: () => number;
  /** Lets its home live as a family does until now, and tells the server what has happened. */
  liveUntilNow: () => void;
  /** Tells what is due besides. */
  tell: () => void;
  stop: () => void;
};

export function dial(options: DialOptions): Dialled {
  const { access, agent, onChange } = options;
  const waitAfter = createWaiting();
  const logIn = logInOf(options);
  let client: ssh2.Client | undefined;
  let channel: ClientChannel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let [isStopped, isRedialling] = [false, false];
  const address = createAddress(access);

  const connect = () => {
    const opened = new ssh2.Client();
    let reason: string | undefined;
    let connectedAt: number | undefined;
    client = opened;
    opened.on('ready', () =>
      opened.exec(COMMAND, (error, stream) => {
        if (error !== undefined) {
          reason = error.message;
          opened.end();
          return;
        }
        channel = stream;
        connectedAt = performance.now();
        address.keep();
        converse(
          stream,
          agent,
          () => opened.end(),
          (to) => {
            isRedialling = true;
            address.tryNext(to);
            opened.end();
          },
        );
        onChange?.('connected');
      }),
    );
    opened.on('error', (error) => (reason = error.message));
    opened.on('close', () => {
      channel = undefined;
      onChange?.('disconnected', reason);
      if (isStopped || agent.isUnlinked()) return;
      if (!isRedialling) address.tryNext(undefined);
      const now = performance.now();
      timer = setTimeout(connect, waitAfter(now, now - (connectedAt ?? now), isRedialling));
      isRedialling = false;
    });
    opened.connect({ ...logIn, ...address.now() });
    // As dropbear's client does (netio.c): else the second of two lines waits for 40 ms until the server has acknowledged the first.
    opened.setNoDelay(true);
  };
  connect();

  return {
    live: () => {
      const lines = agent.live();
      if (channel === undefined) return 0;
      say(channel, lines);
      return lines.length;
    },
    liveUntilNow: () => {
      const lines = agent.liveUntilNow();
      if (channel !== undefined) say(channel, lines);
    },
    tell: () => {
      if (channel !== undefined) say(channel, agent.tell());
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      client?.end();
    },
  };
}

function logInOf({ access, privateKey, localAddress }: DialOptions): ssh2.ConnectConfig {
  const pinned = access.hostKeys.map((key) => Buffer.from(key.split(' ')[1] ?? '', 'base64'));
  return {
    ...(localAddress !== undefined && { localAddress }),
    username: 'netpilot',
    privateKey,
    hostVerifier: (presented: Buffer) => pinned.some((key) => key.equals(presented)),
    // AUTH_TIMEOUT in dropbear's sysoptions.h: a server that is busy may let it wait.
    readyTimeout: 300_000,
    keepaliveInterval: 60_000,
  };
}

/** Where to dial: where the server has sent it, which is kept once it was reached; else where it was before. */
function createAddress({ host, port }: Destination) {
  let kept = { host, port };
  let next: Destination | undefined;
  return {
    now: () => next ?? kept,
    tryNext: (to: Destination | undefined) => (next = to),
    keep: () => {
      kept = next ?? kept;
      next = undefined;
    },
  };
}

/** Reads the server's lines and answers each. A line that is too long, or not printable ASCII, is not acted on. */
function converse(
  channel: ClientChannel,
  agent: SimulatedAgent,
  hangUp: () => void,
  redial: (to?: Destination) => void,
): void {
  let rest = '';
  channel.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) {
      if (line.length >= LONGEST_LINE) say(channel, ['error too-long']);
      else if (/[^\x20-\x7e]/.test(line)) say(channel, ['error not-printable']);
      else say(channel, agent.answer(line));
      if (line === 'redial') redial();
      const [, host, port] = /^move (\S+) (\d+)$/.exec(line) ?? [];
      if (host !== undefined) redial({ host, port: Number(port) });
    }
    if (agent.isUnlinked()) hangUp();
  });
  // Whatever it says there is no part of the protocol; unread, it would hold up the connection.
  channel.stderr.resume();
  channel.on('close', hangUp);
  say(channel, [agent.hello()]);
}

function say(channel: ClientChannel, lines: readonly string[]): void {
  if (lines.length > 0) channel.write(lines.map((line) => `${line}\n`).join(''));
}
