/** The conversation with one agent over one stream: asks, waits for answers, ends it when it goes wrong. */
import type { Duplex } from 'node:stream';
import { ConflictError } from '../../errors.ts';
import { createAllowance } from './allowance.ts';
import { createLineReader } from './line-reader.ts';
import type { AgentMessage, Neighbour, Refusal } from './messages.ts';

export type Hello = Extract<AgentMessage, { kind: 'hello' }>;
export type Status = Extract<AgentMessage, { kind: 'status' }>;

/** What became of a document. */
export type Outcome = { isApplied: true } | { isApplied: false; reason: Refusal };

/** How long an agent may take, in milliseconds, and how much it may say. */
export type Terms = {
  hello: number;
  ping: number;
  status: number;
  apply: number;
  scan: number;
  unlink: number;
  /** Messages at once, and a second in the long run. */
  burst: number;
  perSecond: number;
  /** Most lines of one scan. */
  devices: number;
};

export const TERMS: Terms = {
  hello: 20_000,
  ping: 20_000,
  status: 20_000,
  apply: 20_000,
  scan: 50_000,
  unlink: 10_000,
  burst: 5_000,
  perSecond: 100,
  devices: 4_096,
};

export type ChannelOptions = {
  /** A device came or went. */
  onEvent: (neighbour: Neighbour) => void;
  /** The agent did not understand a line. */
  onComplaint: (reason: string) => void;
  terms?: Partial<Terms>;
};

/** The channel was over before the answer came. */
export class ChannelClosedError extends ConflictError {}

export type Channel = ReturnType<typeof openChannel>;

/** The answers waited for, by kind and id. At most one of each kind is under way. */
type Waiting = {
  hello?: PromiseWithResolvers<Hello> | undefined;
  pong?: Numbered<void> | undefined;
  status?: Numbered<Status> | undefined;
  scan?: (Numbered<Neighbour[]> & { devices: Neighbour[] }) | undefined;
  apply?: Numbered<Outcome> | undefined;
};
type Numbered<Answer> = PromiseWithResolvers<Answer> & { id: number };

/** Opens the conversation on a stream that has just been made. */
export function openChannel(stream: Duplex, { onEvent, onComplaint, terms = {} }: ChannelOptions) {
  const { burst, perSecond, devices, ...patience } = { ...TERMS, ...terms };
  const mayTalk = createAllowance({ burst, perSecond });
  const read = createLineReader();
  const waiting: Waiting = {};
  const closed = Promise.withResolvers<string>();
  let isOpen = true;
  let isUnlinking = false;
  let lastId = 0;

  /** Ends it, for a reason that goes to the log. */
  const close = (reason: string) => {
    if (!isOpen) return;
    isOpen = false;
    closed.resolve(reason);
    const error = new ChannelClosedError(`The router's connection has ended: ${reason}.`);
    for (const answer of Object.values(waiting)) answer?.reject(error);
    stream.end();
    stream.destroy();
  };

  stream.on('data', (chunk: Buffer) => {
    const { messages, fault } = read(chunk);
    for (const message of messages) {
      if (!isOpen) return;
      if (!mayTalk()) return close('it talks too much');
      const wrong = receive(message);
      if (wrong !== undefined) return close(wrong);
    }
    if (fault !== undefined) close(`it sent what is no message (${fault})`);
  });
  stream.on('error', () => close('the connection broke'));
  stream.on('end', () => close('the router ended it'));
  stream.on('close', () => close('the connection is gone'));

  /** Gives what is wrong with a message that nobody asked for. */
  function receive(message: AgentMessage): string | undefined {
    if ((message.kind === 'hello') !== (waiting.hello !== undefined))
      return 'hello was not its first message, or not its only one';
    switch (message.kind) {
      case 'hello':
        return settle('hello', waiting.hello, message);
      case 'pong':
        return settle('pong', waiting.pong, undefined, message.id);
      case 'status':
        return settle('status', waiting.status, message, message.id);
      case 'device':
        return collect(message);
      case 'scanned':
        if (waiting.scan?.devices.length !== message.count)
          return 'its scan is not as long as it says';
        return settle('scan', waiting.scan, waiting.scan.devices, message.id);
      case 'applied':
        return settle('apply', waiting.apply, { isApplied: true }, message.revision);
      case 'refused': {
        const { reason, revision } = message;
        return settle('apply', waiting.apply, { isApplied: false, reason }, revision);
      }
      case 'unlinked':
        if (!isUnlinking) return 'nobody told it to leave';
        close('it is linked no more');
        break;
      case 'event':
        onEvent(message);
        break;
      case 'error':
        onComplaint(message.reason);
        break;
    }
    return undefined;
  }

  function settle<Answer>(
    what: keyof Waiting,
    waiter: (PromiseWithResolvers<Answer> & { id?: number }) | undefined,
    answer: Answer,
    id?: number,
  ): string | undefined {
    if (waiter === undefined || waiter.id !== id) return `nobody asked for its ${what}`;
    waiting[what] = undefined;
    waiter.resolve(answer);
    return undefined;
  }

  function collect({ mac, ip, online, hostname }: Neighbour): string | undefined {
    if (waiting.scan === undefined) return 'nobody asked for its devices';
    if (waiting.scan.devices.length === devices) return 'its scan has too many devices';
    waiting.scan.devices.push({ mac, ip, online, hostname });
    return undefined;
  }

  /** Waits for an answer, and ends the conversation where it does not come: the agent hangs. */
  async function within<Answer>(what: keyof typeof patience, answer: Promise<Answer>) {
    const timer = setTimeout(() => close(`it did not answer ${what}`), patience[what]);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  function requireOpen(): void {
    if (!isOpen) throw new ChannelClosedError("The router's connection has ended.");
  }

  function nextId(): number {
    lastId = (lastId % 999_999_999) + 1;
    return lastId;
  }

  const greeting = Promise.withResolvers<Hello>();
  waiting.hello = greeting;
  const hello = within('hello', greeting.promise);
  hello.catch(() => undefined); // who awaits it is told

  return {
    /** The agent's first word. Rejects with ChannelClosedError, as every answer here does. */
    hello,
    /** Resolves with the reason once it is over; never rejects. */
    closed: closed.promise,
    close,

    ping: async (): Promise<void> => {
      requireOpen();
      const answer = { ...Promise.withResolvers<void>(), id: nextId() };
      waiting.pong = answer;
      stream.write(`ping ${answer.id}\n`);
      await within('ping', answer.promise);
    },

    status: async (): Promise<Status> => {
      requireOpen();
      const answer = { ...Promise.withResolvers<Status>(), id: nextId() };
      waiting.status = answer;
      stream.write(`status ${answer.id}\n`);
      return within('status', answer.promise);
    },

    /** Every device the router knows of. Who asks while it looks gets the same answer. */
    scan: async (): Promise<Neighbour[]> => {
      requireOpen();
      if (waiting.scan !== undefined) return waiting.scan.promise;
      const answer = {
        ...Promise.withResolvers<Neighbour[]>(),
        id: nextId(),
        devices: [],
      };
      waiting.scan = answer;
      stream.write(`scan ${answer.id}\n`);
      return within('scan', answer.promise);
    },

    /** Sends a whole document. One at a time: the caller sees to it. */
    apply: async (revision: number, document: readonly string[]): Promise<Outcome> => {
      requireOpen();
      const answer = { ...Promise.withResolvers<Outcome>(), id: revision };
      waiting.apply = answer;
      const lines = [`apply ${revision} ${document.length}`, ...document, `end ${revision}`, ''];
      stream.write(lines.join('\n'));
      return within('apply', answer.promise);
    },

    /**
     * Tells the router that it is linked no more, and ends it once that is answered.
     * @param lan the router's own MAC, as it said in `hello`: another router would not heed it
     */
    unlink: (lan: string): void => {
      if (!isOpen || isUnlinking) return;
      isUnlinking = true;
      stream.write(`unlink ${lan}\n`);
      const timer = setTimeout(
        () => close('it is linked no more, and did not say so'),
        patience.unlink,
      );
      void closed.promise.then(() => clearTimeout(timer));
    },
  };
}
