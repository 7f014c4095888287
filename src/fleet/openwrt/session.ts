/** A session with one agent over one stream: asks, waits for answers, and ends when something goes wrong. */
import type { Duplex } from 'node:stream';
import { within } from '../../timeout.ts';
import { type RouterSession, SessionEndedError, type SessionWatcher } from '../driver.ts';
import type { Ask } from './ask.ts';
import { createAsks, failAll, receive } from './asks.ts';
import { type AgentRelease, readAgentRelease } from './agent-release.ts';
import { HIGHEST_WINDOW, writeDocument } from './document-lines.ts';
import { cutDocument, cutProgram } from './document-pieces.ts';
import { createFactReader, isFact } from './fact-reader.ts';
import { writeRequest } from './fact-lines.ts';
import { type MessageStream, openMessageStream } from './message-stream.ts';
import { awaitAnswer } from './patience.ts';

/** Milliseconds that an agent has to leave once it is unlinked. */
const UNLINKING = 10_000;

/** Milliseconds that an agent has to leave once it is sent elsewhere. */
const REDIALLING = 5_000;

/** Milliseconds between two signs of life. */
const HEARTBEAT = 20_000;

const RATE = { burst: 5_000, perSecond: 100 };

/** Devices that an agent with `chunks` tells at a time: other answers get through between. */
const DEVICES_AT_A_TIME = 500;

/**
 * Opens a session on a stream that has just been made, once the agent has said hello. Rejects with
 * SessionEndedError if it does not.
 * @param hangUp ends the connection of the stream; called when the session is over
 */
export async function openSession(
  stream: Duplex,
  hangUp: () => void,
  readRelease: () => Promise<AgentRelease | undefined> = readAgentRelease,
): Promise<RouterSession> {
  const asks = createAsks();
  const readFact = createFactReader();
  let lastId = 0;
  let isUnlinking = false;
  const early = keepEarly();
  let { watcher } = early;

  const lines = openMessageStream(stream, RATE, (message) => {
    if (isFact(message)) return readFact(message, (fact) => watcher.onFact(fact));
    if (message.kind !== 'unlinked') return receive(message, asks, watcher, lines.write);
    return isUnlinking ? 'it is unlinked' : 'it says that it is unlinked, and nobody told it to';
  });
  void lines.closed.then((reason) => failAll(asks, reason)).then(hangUp);
  const ask = async <Answer>(
    what: 'ping' | 'status' | 'scan',
    { start }: Pick<Ask<Answer>, 'start'>,
    more = '',
  ): Promise<Answer> => {
    requireOpen(lines);
    lastId = (lastId % 999_999_999) + 1;
    const answer = start(lastId);
    lines.write(`${what} ${lastId}${more}`);
    return awaitAnswer(lines, what, answer);
  };

  const hello = await awaitAnswer(lines, 'hello', asks.hello.start());
  const { version, limiter, lan, features, revision, state, blocks } = hello;
  keepAlive(lines, async () => asks.ping.pending() ?? ask('ping', asks.ping));
  if (features.has('time')) keepTime(lines);
  return {
    capabilities: { version, limiter, lan, features },
    report: { revision, state, limiter, clock: null, blocks },
    ended: lines.closed,
    close: lines.close,
    status: () => ask('status', asks.status),
    scan: async () =>
      asks.scan.pending() ??
      ask('scan', asks.scan, features.has('chunks') ? ` ${DEVICES_AT_A_TIME}` : ''),
    apply: async (number, policy) => {
      requireOpen(lines);
      const document = writeDocument(policy, features);
      const hasTooMany = policy.windows.some((window) => window.number > HIGHEST_WINDOW);
      const pieces = hasTooMany ? undefined : cutDocument(number, document, features);
      if (pieces === undefined) return { isApplied: false, reason: 'too-long' };
      return bring(lines, 'apply', asks.apply.start(number, document), pieces);
    },
    update: async (wanted) => {
      requireOpen(lines);
      const release = await readRelease();
      if (release?.version !== wanted) return 'not-here';
      if (!features.has('update')) return 'not-allowed';
      return bring(lines, 'update', asks.update.start(), cutProgram(release));
    },
    ask: (request) => {
      if (features.has(request.kind) && lines.isOpen()) lines.write(writeRequest(request));
    },
    watch: (newWatcher) => {
      watcher = newWatcher;
      early.tell(watcher);
    },
    redial: (reason) => sendAway(lines, !isUnlinking && features.has('redial'), 'redial', reason),
    move: ({ host, port }, reason) =>
      sendAway(lines, !isUnlinking && features.has('move'), `move ${host} ${port}`, reason),
    unlink: () => {
      if (!lines.isOpen() || isUnlinking) return;
      isUnlinking = true;
      // By its own MAC, so that no stray line can unlink another router.
      lines.write(`unlink ${lan}`);
      void within(UNLINKING, lines.closed, () => lines.close('it did not confirm unlink'));
    },
  };
}

/** Has the router dial anew, if it knows the word; else ends. */
function sendAway(lines: MessageStream, isKnown: boolean, line: string, reason: string): void {
  if (!isKnown || !lines.isOpen()) return lines.close(reason);
  lines.write(line);
  void within(REDIALLING, lines.closed, () => lines.close(reason));
}

/** Sends the pieces one after the other, then waits for the answer to all of them. */
async function bring<Answer>(
  lines: MessageStream,
  what: 'apply' | 'update',
  answer: Promise<Answer>,
  pieces: Iterable<string>,
): Promise<Answer> {
  answer.catch(() => undefined); // it may end while the pieces are on their way
  for (const piece of pieces) await lines.send(piece);
  return awaitAnswer(lines, what, answer);
}

/** So many reports are kept that nobody hears yet: the first scan has all devices anyway. */
const MOST_EARLY = 1_000;

/** Keeps what is reported before anybody hears it. */
function keepEarly(): { watcher: SessionWatcher; tell: (to: SessionWatcher) => void } {
  const early: ((to: SessionWatcher) => void)[] = [];
  const keep = (report: (to: SessionWatcher) => void) => {
    if (early.length < MOST_EARLY) early.push(report);
  };
  return {
    watcher: {
      onNeighbour: (neighbour) => keep((to) => to.onNeighbour(neighbour)),
      onFact: (fact) => keep((to) => to.onFact(fact)),
      onComplaint: () => undefined,
    },
    tell: (to) => {
      for (const report of early.splice(0)) report(to);
    },
  };
}

/** Asks again and again whether the agent is there; the session ends when it does not answer. */
function keepAlive({ closed }: MessageStream, ping: () => Promise<void>): void {
  const timer = setInterval(() => void ping().catch(() => undefined), HEARTBEAT);
  void closed.then(() => clearInterval(timer));
}

/**
 * Says the time, at once and again and again. It has whole seconds, and so is said as one begins, but for the first time,
 * which nothing must wait for.
 */
function keepTime({ write, closed }: MessageStream): void {
  const say = () => write(`time ${Math.round(Date.now() / 1_000)}`);
  let waiting: NodeJS.Timeout | undefined;
  const timer = setInterval(() => {
    waiting = setTimeout(say, 1_000 - (Date.now() % 1_000));
  }, HEARTBEAT);
  void closed.then(() => clearInterval(timer)).then(() => clearTimeout(waiting));
  say();
}

function requireOpen({ isOpen }: MessageStream): void {
  if (!isOpen()) throw new SessionEndedError("The router's connection has ended.");
}
