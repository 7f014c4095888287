/** A session with one agent over one stream: asks, waits for answers, and ends when something goes wrong. */
import type { Duplex } from 'node:stream';
import { within } from '../../timeout.ts';
import type { Neighbour } from '../../devices/neighbour.ts';
import {
  type Outcome,
  type Report,
  type RouterSession,
  SessionEndedError,
  type SessionWatcher,
} from '../driver.ts';
import { type Ask, createAsk } from './ask.ts';
import { type AgentMessage, type Hello, writeDocument } from './messages.ts';
import { type MessageStream, openMessageStream } from './message-stream.ts';
import { type ScanCollector, createScanCollector } from './scan-collector.ts';

/** How long an agent may take for each answer, in milliseconds. */
const PATIENCE = {
  hello: 20_000,
  ping: 20_000,
  status: 20_000,
  apply: 20_000,
  scan: 50_000,
  unlink: 10_000,
};

/** Milliseconds between two signs of life. */
const HEARTBEAT = 20_000;

const RATE = { burst: 5_000, perSecond: 100 };

/** Most `device` lines of one scan. */
const MOST_DEVICES = 4_096;

/** What is waited for. */
type Asks = {
  hello: Ask<Hello>;
  ping: Ask<void>;
  status: Ask<Report>;
  apply: Ask<Outcome>;
  scan: ScanCollector;
};

/**
 * Opens a session on a stream that has just been made, once the agent has said hello. Rejects with
 * SessionEndedError if it does not.
 * @param hangUp ends the connection of the stream; called when the session is over
 */
export async function openSession(stream: Duplex, hangUp: () => void): Promise<RouterSession> {
  const asks: Asks = {
    hello: createAsk(),
    ping: createAsk(),
    status: createAsk(),
    apply: createAsk(),
    scan: createScanCollector(MOST_DEVICES),
  };
  let lastId = 0;
  let isUnlinking = false;
  const early: Neighbour[] = [];
  let watcher: SessionWatcher = {
    onNeighbour: (neighbour) => early.push(neighbour),
    onComplaint: () => undefined,
  };

  const lines = openMessageStream(stream, RATE, (message) => {
    if (message.kind !== 'unlinked') return receive(message, asks, watcher);
    return isUnlinking ? 'it is unlinked' : 'it says that it is unlinked, and nobody told it to';
  });
  void lines.closed.then((reason) => failAll(asks, reason)).then(hangUp);
  const answerOf = <Answer>(what: keyof typeof PATIENCE, answer: Promise<Answer>) =>
    within(PATIENCE[what], answer, () => {
      lines.close(`it did not answer ${what}`);
      return answer;
    });
  const ask = async <Answer>(
    what: 'ping' | 'status' | 'scan',
    { start }: Pick<Ask<Answer>, 'start'>,
  ): Promise<Answer> => {
    requireOpen(lines);
    lastId = (lastId % 999_999_999) + 1;
    const answer = start(lastId);
    lines.write(`${what} ${lastId}`);
    return answerOf(what, answer);
  };

  const { version, limiter, lan, features, revision, state } = await answerOf(
    'hello',
    asks.hello.start(),
  );
  keepAlive(lines, () => ask('ping', asks.ping));
  return {
    capabilities: { version, limiter, lan, features },
    report: { revision, state, limiter },
    ended: lines.closed,
    close: lines.close,
    status: () => ask('status', asks.status),
    scan: async () => asks.scan.pending() ?? ask('scan', asks.scan),
    apply: async (number, policy) => {
      requireOpen(lines);
      const document = writeDocument(policy, features);
      const answer = asks.apply.start(number);
      lines.write(`apply ${number} ${document.length}`, ...document, `end ${number}`);
      return answerOf('apply', answer);
    },
    watch: (newWatcher) => {
      watcher = newWatcher;
      for (const neighbour of early.splice(0)) watcher.onNeighbour(neighbour);
    },
    unlink: () => {
      if (!lines.isOpen() || isUnlinking) return;
      isUnlinking = true;
      // By its own MAC, so that no stray line can unlink another router.
      lines.write(`unlink ${lan}`);
      void within(PATIENCE.unlink, lines.closed, () => lines.close('it did not confirm unlink'));
    },
  };
}

/** Hands a message to those who wait for it. Gives what is wrong with it, if anything. */
function receive(
  message: Exclude<AgentMessage, { kind: 'unlinked' }>,
  asks: Asks,
  watcher: SessionWatcher,
): string | undefined {
  if ((message.kind === 'hello') !== (asks.hello.pending() !== undefined))
    return 'hello was not its first message, or not its only one';
  const unlessAsked = (wasAsked: boolean) =>
    wasAsked ? undefined : `nobody asked for its ${message.kind}`;
  switch (message.kind) {
    case 'hello':
      return unlessAsked(asks.hello.settle(message));
    case 'pong':
      return unlessAsked(asks.ping.settle(undefined, message.id));
    case 'status': {
      const { id, revision, state, limiter } = message;
      return unlessAsked(asks.status.settle({ revision, state, limiter }, id));
    }
    case 'applied':
      return unlessAsked(asks.apply.settle({ isApplied: true }, message.revision));
    case 'refused': {
      const { reason, revision } = message;
      return unlessAsked(asks.apply.settle({ isApplied: false, reason }, revision));
    }
    case 'device':
      return asks.scan.add(message);
    case 'scanned':
      return asks.scan.finish(message.id, message.count);
    case 'event':
      watcher.onNeighbour(message);
      break;
    case 'error':
      watcher.onComplaint(message.reason);
      break;
  }
  return undefined;
}

function failAll(asks: Asks, reason: string): void {
  const error = new SessionEndedError(`The router's connection has ended: ${reason}.`);
  for (const { fail } of Object.values(asks)) fail(error);
}

/** Asks again and again whether the agent is there; the session ends when it does not answer. */
function keepAlive({ closed }: MessageStream, ping: () => Promise<void>): void {
  const timer = setInterval(() => void ping().catch(() => undefined), HEARTBEAT);
  void closed.then(() => clearInterval(timer));
}

function requireOpen({ isOpen }: MessageStream): void {
  if (!isOpen()) throw new SessionEndedError("The router's connection has ended.");
}
