import type { Duplex } from 'node:stream';
import { createAllowance } from './allowance.ts';
import { createLineReader } from './line-reader.ts';
import type { AgentMessage } from './messages.ts';

/** The lines of one agent, read until it or we end it. */
export interface MessageStream {
  write: (line: string) => void;
  /** Writes text as it is; resolves when the agent takes more of it, or the stream has ended. */
  send: (text: string) => Promise<void>;
  /** When the agent last said something, or took what was sent (`performance.now`). */
  activeAt: () => number;
  isOpen: () => boolean;
  /** Ends it, for a reason that goes to the log. */
  close: (reason: string) => void;
  /** Resolves with the reason; never rejects. */
  closed: Promise<string>;
}

/** How much an agent may say: messages at once, and a second in the long run. */
export type Rate = { burst: number; perSecond: number };

/** @param onMessage gives why the stream has to end, if it has to */
export function openMessageStream(
  stream: Duplex,
  rate: Rate,
  onMessage: (message: AgentMessage) => string | undefined,
): MessageStream {
  const mayTalk = createAllowance(rate);
  const read = createLineReader();
  const closed = Promise.withResolvers<string>();
  let isOpen = true;
  let activeAt = performance.now();

  const close = (reason: string) => {
    if (!isOpen) return;
    isOpen = false;
    closed.resolve(reason);
    stream.end();
    stream.destroy();
  };
  stream.on('data', (chunk: Buffer) => {
    const { messages, fault } = read(chunk);
    for (const message of messages) {
      if (!isOpen) return;
      activeAt = performance.now();
      // Of devices, as many as are asked for.
      const wrong = mayTalk(message.kind === 'device' ? 0 : 1)
        ? onMessage(message)
        : 'it talks too much';
      if (wrong !== undefined) close(wrong);
    }
    if (fault !== undefined) close(`it sent a line that is not a message (${fault})`);
  });
  stream.on('error', () => close('the connection broke'));
  stream.on('end', () => close('the router ended it'));
  stream.on('close', () => close('the connection is gone'));

  return {
    write: (line) => void stream.write(`${line}\n`),
    send: async (text) => {
      if (!isOpen) return;
      const drained = Promise.withResolvers<void>();
      stream.once('drain', drained.resolve);
      if (!stream.write(text)) await Promise.race([drained.promise, closed.promise]);
      stream.off('drain', drained.resolve);
      activeAt = performance.now();
    },
    activeAt: () => activeAt,
    isOpen: () => isOpen,
    close,
    closed: closed.promise,
  };
}
