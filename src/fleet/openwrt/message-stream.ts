import type { Duplex } from 'node:stream';
import { createAllowance } from './allowance.ts';
import { createLineReader } from './line-reader.ts';
import type { AgentMessage } from './messages.ts';

/** The lines of one agent, read until it or we end it. */
export interface MessageStream {
  write: (...lines: string[]) => void;
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
      const wrong = mayTalk() ? onMessage(message) : 'it talks too much';
      if (wrong !== undefined) close(wrong);
    }
    if (fault !== undefined) close(`it sent a line that is not a message (${fault})`);
  });
  stream.on('error', () => close('the connection broke'));
  stream.on('end', () => close('the router ended it'));
  stream.on('close', () => close('the connection is gone'));

  return {
    write: (...lines) => void stream.write(lines.map((line) => `${line}\n`).join('')),
    isOpen: () => isOpen,
    close,
    closed: closed.promise,
  };
}
