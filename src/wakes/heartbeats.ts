/** What Commands-Servers say of themselves each second, to each other. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseJson } from '../parse-json.ts';

const HEARTBEAT = Type.Object({
  /** host:port. */
  node: Type.String(),
  /** Of this process alone. */
  instance: Type.String(),
  connections: Type.Integer({ minimum: 0 }),
  state: Type.Union([Type.Literal('ready'), Type.Literal('draining')]),
  /** Whether it has reached PostgreSQL for a while, without a break. */
  hasDatabase: Type.Boolean(),
});

export type Heartbeat = Static<typeof HEARTBEAT>;

/** The heartbeat in a text; undefined if it is none. */
export function parseHeartbeat(text: string): Heartbeat | undefined {
  const value = parseJson(text);
  return Value.Check(HEARTBEAT, value) ? value : undefined;
}
