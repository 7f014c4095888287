/** What the triggers say of a transaction's changes, heard on the connection that made them: docs/decisions/0046. */
import type { ClientBase } from 'pg';

/** As pg_notify takes it. */
export type Said = {
  channel: string;
  payload: string;
  /** The instance of the Commands-Server that it concerns, as far as the database knows. */
  node?: string | undefined;
};

/** With this setting, a connection is told by notices what tell() in the database would notify others of. */
export const TELLS = { 'netpilot.tells': 'on' };

/** As tell() writes it; the detail has a line for each thing said. */
const MESSAGE = 'netpilot hint';

/**
 * Hands over what a connection's transaction has said when that is over. Of one that was rolled back too: a hint too many costs a look.
 */
export function hearSaid(client: ClientBase, onSaid: (all: readonly Said[]) => void): void {
  const said = new Map<string, Said>();
  const handOver = () => {
    const all = [...said.values()];
    said.clear();
    if (all.length > 0) onSaid(all);
  };
  client.on('notice', ({ message, detail = '', hint }) => {
    if (message !== MESSAGE) return;
    const node = hint === '' ? undefined : hint;
    // What is for one instance is said by itself: a router's id may have several lines.
    for (const line of node === undefined ? detail.split('\n') : [detail]) {
      const [channel = ''] = line.split(' ', 1);
      said.set(`${node} ${line}`, { channel, payload: line.slice(channel.length + 1), node });
    }
  });
  // Whether the last commit succeeded is not known then.
  client.on('end', handOver);
  const query = client.query.bind(client);
  const settle = () => {
    if (said.size > 0 && client.getTransactionStatus() !== 'T') handOver();
  };
  Object.assign(client, {
    query: (...given: unknown[]): unknown => {
      const answer: unknown = Reflect.apply(query, client, given);
      if (answer instanceof Promise) answer.then(settle, settle);
      return answer;
    },
  });
}
