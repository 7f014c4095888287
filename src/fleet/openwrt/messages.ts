/**
 * The lines that cross the wire between commands-server and agent, each way: docs/protocol.md is the
 * contract. Everything here is pure.
 */
import { isIP } from 'node:net';
import type { Neighbour } from '../../devices/neighbour.ts';
import type { PolicyDocument } from '../../policy/document.ts';
import type { RuleState } from '../driver.ts';
import { decodeName, encodeName, isEncodedName } from './names.ts';

/** What limits by rate: nftables itself, or a shaper. */
export type Limiter = 'nft' | 'tc';

/** Why a document was not taken. */
export const REFUSALS = ['incomplete', 'invalid', 'nft', 'storage'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What an agent can say. */
export type AgentMessage =
  | {
      kind: 'hello';
      version: string;
      revision: number;
      state: RuleState;
      limiter: Limiter;
      lan: string;
    }
  | { kind: 'pong'; id: number }
  | { kind: 'status'; id: number; revision: number; state: RuleState; limiter: Limiter }
  | ({ kind: 'device' } & Neighbour)
  | { kind: 'scanned'; id: number; count: number }
  | { kind: 'applied'; revision: number }
  | { kind: 'refused'; revision: number; reason: Refusal }
  | ({ kind: 'event' } & Neighbour)
  | { kind: 'unlinked' }
  | { kind: 'error'; reason: string };

export type Hello = Extract<AgentMessage, { kind: 'hello' }>;

/** A word of the protocol, one of a closed set. */
type Token<Value> = (token: string) => Value | undefined;

const matching =
  (pattern: RegExp): Token<string> =>
  (token) =>
    pattern.test(token) ? token : undefined;

const number =
  (pattern: RegExp): Token<number> =>
  (token) =>
    pattern.test(token) ? Number(token) : undefined;

function oneOf<const Words extends readonly string[]>(words: Words): Token<Words[number]> {
  return (token) => words.find((word) => word === token);
}

const REVISION = number(/^(?:0|[1-9]\d{0,14})$/);
const ID = number(/^[1-9]\d{0,8}$/);
const COUNT = number(/^(?:0|[1-9]\d{0,5})$/);
const VERSION = matching(/^[0-9A-Za-z.-]{1,32}$/);
const MAC = matching(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/);
const REASON = matching(/^[a-z-]{1,32}$/);
const STATE = oneOf(['intact', 'drifted', 'none']);
const LIMITER = oneOf(['nft', 'tc']);
const REFUSAL = oneOf(REFUSALS);
const REACH = oneOf(['online', 'offline']);
const IP: Token<string> = (token) =>
  isIP(token) !== 0 && /^[\da-f.:]+$/.test(token) ? token : undefined;
const NAME: Token<{ name: string | null }> = (token) =>
  isEncodedName(token) ? { name: decodeName(token) } : undefined;

/** The message that a line (without its end) is; undefined where it is none. */
export function parseAgentMessage(line: string): AgentMessage | undefined {
  const [verb = '', ...tokens] = line.split(' ');
  return Object.hasOwn(VERBS, verb) ? VERBS[verb]?.(tokens) : undefined;
}

const VERBS: Record<string, (tokens: string[]) => AgentMessage | undefined> = {
  hello: (tokens) => {
    const [version, revision, state, limiter, lan] = tokens;
    const read = all(tokens, 5, {
      version: VERSION(version ?? ''),
      revision: REVISION(revision ?? ''),
      state: STATE(state ?? ''),
      limiter: LIMITER(limiter ?? ''),
      lan: MAC(lan ?? ''),
    });
    return read && { kind: 'hello', ...read };
  },
  pong: (tokens) => {
    const read = all(tokens, 1, { id: ID(tokens[0] ?? '') });
    return read && { kind: 'pong', ...read };
  },
  status: (tokens) => {
    const [id, revision, state, limiter] = tokens;
    const read = all(tokens, 4, {
      id: ID(id ?? ''),
      revision: REVISION(revision ?? ''),
      state: STATE(state ?? ''),
      limiter: LIMITER(limiter ?? ''),
    });
    return read && { kind: 'status', ...read };
  },
  device: ([mac = '', ip = '', reach = '', name = '', ...rest]) => {
    const read = neighbour(mac, ip, reach, name, rest);
    return read && { kind: 'device', ...read };
  },
  scanned: (tokens) => {
    const [id, count] = tokens;
    const read = all(tokens, 2, { id: ID(id ?? ''), count: COUNT(count ?? '') });
    return read && { kind: 'scanned', ...read };
  },
  applied: (tokens) => {
    const read = all(tokens, 1, { revision: REVISION(tokens[0] ?? '') });
    return read && { kind: 'applied', ...read };
  },
  refused: (tokens) => {
    const [revision, reason] = tokens;
    const read = all(tokens, 2, {
      revision: REVISION(revision ?? ''),
      reason: REFUSAL(reason ?? ''),
    });
    return read && { kind: 'refused', ...read };
  },
  event: ([reach = '', mac = '', ip = '', name = '', ...rest]) => {
    const read = neighbour(mac, ip, reach, name, rest);
    return read && { kind: 'event', ...read };
  },
  unlinked: (tokens) => (tokens.length === 0 ? { kind: 'unlinked' } : undefined),
  error: (tokens) => {
    const read = all(tokens, 1, { reason: REASON(tokens[0] ?? '') });
    return read && { kind: 'error', ...read };
  },
};

function neighbour(
  mac: string,
  ip: string,
  reach: string,
  name: string,
  rest: string[],
): Neighbour | undefined {
  const read = all(rest, 0, {
    mac: MAC(mac),
    ip: IP(ip),
    reach: REACH(reach),
    hostname: NAME(name),
  });
  return (
    read && {
      mac: read.mac,
      ip: read.ip,
      online: read.reach === 'online',
      hostname: read.hostname.name,
    }
  );
}

/** The fields, where there are exactly as many tokens as there should be and each is right. */
function all<Fields extends Record<string, unknown>>(
  tokens: string[],
  count: number,
  fields: Fields,
): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } | undefined {
  return tokens.length === count && isComplete(fields) ? fields : undefined;
}

function isComplete<Fields extends Record<string, unknown>>(
  fields: Fields,
): fields is Fields & { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.values(fields).every((value) => value !== undefined);
}

/** The highest that fits the protocol's twelve digits: as good as no limit. */
const HIGHEST_RATE = 999_999_999_999;

/** The lines (without their ends) of a document. */
export function writeDocument({ mode, limit, full, blocked, listed }: PolicyDocument): string[] {
  return [
    `mode ${mode}`,
    `limit ${writeRate(limit)}`,
    `full ${writeRate(full)}`,
    ...blocked.map((device) => `block ${device}`),
    ...listed.map((device) => `list ${device}`),
  ];
}

function writeRate(rate: number | null): string {
  return rate === null ? '-' : String(Math.min(rate, HIGHEST_RATE));
}

/** The line (without its end) of an agent's message. What the simulator says, and the tests. */
export function writeAgentMessage(message: AgentMessage): string {
  switch (message.kind) {
    case 'hello': {
      const { version, revision, state, limiter, lan } = message;
      return `hello ${version} ${revision} ${state} ${limiter} ${lan}`;
    }
    case 'pong':
      return `pong ${message.id}`;
    case 'status':
      return `status ${message.id} ${message.revision} ${message.state} ${message.limiter}`;
    case 'device':
      return `device ${message.mac} ${message.ip} ${reachOf(message)} ${encodeName(message.hostname)}`;
    case 'scanned':
      return `scanned ${message.id} ${message.count}`;
    case 'applied':
      return `applied ${message.revision}`;
    case 'refused':
      return `refused ${message.revision} ${message.reason}`;
    case 'event':
      return `event ${reachOf(message)} ${message.mac} ${message.ip} ${encodeName(message.hostname)}`;
    case 'unlinked':
      return 'unlinked';
    case 'error':
      break;
  }
  return `error ${message.reason}`;
}

function reachOf({ online }: Neighbour): 'online' | 'offline' {
  return online ? 'online' : 'offline';
}
