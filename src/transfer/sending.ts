import { writeSync } from 'node:fs';
import type { LegacyItem } from './legacy/record.ts';
import { LONGEST_PART } from './limits.ts';
import type { Message } from './messages.ts';

/** In characters: worth a line. */
const WORTH_SENDING = 32_768;

/** Sends messages to the process that imports. */
export type Sender = {
  send: (message: Message) => void;
  /** Sends what a reader of files gives; records of a table wait until they are worth a line. */
  sendItem: (item: LegacyItem) => void;
};

/** @param write gets each line, and waits if nobody reads them */
export function createSender(write: (line: string) => void = writeLine): Sender {
  let waiting: { table: string; records: [string, string][]; size: number } | undefined;
  const flush = () => {
    if (waiting === undefined) return;
    const { table, records } = waiting;
    waiting = undefined;
    write(JSON.stringify({ kind: 'records', table, records } satisfies Message));
  };
  /** Sends a text but for its end, which it gives. */
  const sendParts = (text: string) => {
    if (text.length <= LONGEST_PART) return text;
    flush();
    let at = 0;
    for (; text.length - at > LONGEST_PART; at += LONGEST_PART)
      write(JSON.stringify({ kind: 'part', text: text.slice(at, at + LONGEST_PART) }));
    return text.slice(at);
  };
  const send = (message: Message) => {
    flush();
    write(
      JSON.stringify('text' in message ? { ...message, text: sendParts(message.text) } : message),
    );
  };
  return {
    send,
    sendItem: (item) => {
      if (item.kind !== 'record') {
        const { kind, table } = item;
        if (kind === 'table') return send({ kind, table });
        const { reason, ...rest } = item;
        return send({ ...rest, reason: { code: reason.code, values: { ...reason.values } } });
      }
      const text = sendParts(item.text ?? '');
      if (waiting !== undefined && waiting.table !== item.table) flush();
      waiting ??= { table: item.table, records: [], size: 0 };
      waiting.records.push([item.key, text]);
      waiting.size += item.key.length + text.length;
      if (waiting.size >= WORTH_SENDING) flush();
    },
  };
}

/** Standard output is a socket that blocks: a slow reader holds this process up. */
function writeLine(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
}
