/** What a session waits for, and what each message of the agent means for it. */
import type { UpdateRefusal } from '../../routers/update-requests.ts';
import { type Report, SessionEndedError, type SessionWatcher } from '../driver.ts';
import { type Ask, createAsk } from './ask.ts';
import { type DocumentCollector, createDocumentCollector } from './document-collector.ts';
import type { FactMessage } from './fact-lines.ts';
import type { AgentMessage, Hello } from './messages.ts';
import { type ScanCollector, createScanCollector } from './scan-collector.ts';

/** Most `device` lines of one scan. */
const MOST_DEVICES = 16_384;

export type Asks = {
  hello: Ask<Hello>;
  ping: Ask<void>;
  status: Ask<Report>;
  apply: DocumentCollector;
  scan: ScanCollector;
  update: Ask<'trying' | UpdateRefusal>;
};

export function createAsks(): Asks {
  return {
    hello: createAsk(),
    ping: createAsk(),
    status: createAsk(),
    apply: createDocumentCollector(),
    scan: createScanCollector(MOST_DEVICES),
    update: createAsk(),
  };
}

/**
 * Hands a message to those who wait for it. Gives what is wrong with it, if anything.
 * @param say a line to the agent
 */
export function receive(
  message: Exclude<AgentMessage, FactMessage | { kind: 'unlinked' }>,
  asks: Asks,
  watcher: SessionWatcher,
  say: (line: string) => void,
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
      const { id, revision, state, limiter, clock } = message;
      return unlessAsked(asks.status.settle({ revision, state, limiter, clock }, id));
    }
    case 'applied':
      return asks.apply.finish(message.revision);
    case 'refused':
      return asks.apply.finish(message.revision, message.reason);
    case 'refusal': {
      const { revision, line, reason } = message;
      return asks.apply.refuse(revision, { line: line ?? '', reason });
    }
    case 'device':
      return asks.scan.add(message);
    case 'scanned':
      return asks.scan.finish(message.id, message.count);
    case 'more': {
      const wrong = asks.scan.pause(message.id, message.count);
      if (wrong === undefined) say(`more ${message.id}`);
      return wrong;
    }
    case 'trying':
      return unlessAsked(asks.update.settle('trying'));
    case 'kept':
      return unlessAsked(asks.update.settle(message.reason));
    case 'event':
      asks.scan.amend(message);
      watcher.onNeighbour(message);
      break;
    case 'error':
      watcher.onComplaint(message.reason);
      break;
    case 'busy': // it is there: that is all
      break;
  }
  return undefined;
}

/** The session has ended, for this reason: no answer comes any more. */
export function failAll(asks: Asks, reason: string): void {
  const error = new SessionEndedError(`The router's connection has ended: ${reason}.`);
  for (const { fail } of Object.values(asks)) fail(error);
}
