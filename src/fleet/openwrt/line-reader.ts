import { type AgentMessage, parseAgentMessage } from './messages.ts';

/** Bytes of a line, its end included. */
export const LONGEST_LINE = 512;

/** What is wrong with what came in. Nothing after it is read. */
export type Fault = 'too-long' | 'not-printable' | 'not-a-message';

/** What a chunk brought: whole messages in order, and what then was wrong, if anything. */
export type Reading = { messages: AgentMessage[]; fault?: Fault };

const LINE_FEED = 0x0a;

/**
 * Reads an agent's lines from chunks that may be split anywhere. Holds less than one line. After a fault it
 * gives that fault again, whatever comes.
 */
export function createLineReader(): (chunk: Uint8Array) => Reading {
  const line = Buffer.alloc(LONGEST_LINE - 1);
  let length = 0;
  let fault: Fault | undefined;

  return (chunk) => {
    const messages: AgentMessage[] = [];
    for (const byte of chunk) {
      if (fault !== undefined) break;
      if (byte === LINE_FEED) {
        const message = parseAgentMessage(line.toString('latin1', 0, length));
        length = 0;
        if (message === undefined) fault = 'not-a-message';
        else messages.push(message);
      } else if (byte < 0x20 || byte > 0x7e) fault = 'not-printable';
      else if (length === line.length) fault = 'too-long';
      else {
        line[length] = byte;
        length += 1;
      }
    }
    return fault === undefined ? { messages } : { messages, fault };
  };
}
