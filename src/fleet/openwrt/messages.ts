/**
 * The lines that cross the wire between commands-server and agent, each way: docs/protocol.md is the
 * contract. Everything here is pure.
 */
import { UNKNOWN_ADDRESS } from '../../devices/address.ts';
import type { Neighbour } from '../../devices/neighbour.ts';
import { type Feature, knownFeatures } from '../../routers/features.ts';
import { UPDATE_REFUSALS, type UpdateRefusal } from '../../routers/update-requests.ts';
import type { Clock, RuleState } from '../driver.ts';
import { FACT_PARSERS, type FactMessage, writeFact } from './fact-lines.ts';
import { encodeName } from './names.ts';
import {
  MAC,
  NAME,
  type Token,
  matching,
  number,
  oneOf,
  orNull,
  ADDRESS,
  reading,
} from './tokens.ts';

/** What limits by rate: nftables itself, or a shaper. */
export type Limiter = 'nft' | 'tc';

/** Why a document was not taken. */
export const REFUSALS = ['incomplete', 'invalid', 'nft', 'storage'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Why a line of a document was not taken: it has no address, or nft does not take it. */
export const LINE_REFUSALS = ['address', 'nft'] as const;
export type LineRefusal = (typeof LINE_REFUSALS)[number];

/** What an agent can say. */
export type AgentMessage =
  | {
      kind: 'hello';
      version: string;
      revision: number;
      state: RuleState;
      limiter: Limiter;
      lan: string;
      features: ReadonlySet<Feature>;
      /** How many blocks of its document hold; null: it does not say. */
      blocks: number | null;
    }
  | { kind: 'pong'; id: number }
  | {
      kind: 'status';
      id: number;
      revision: number;
      state: RuleState;
      limiter: Limiter;
      clock: Clock | null;
    }
  | ({ kind: 'device' } & Neighbour)
  | { kind: 'scanned'; id: number; count: number }
  /** A part of a scan: so many devices in all until now, and there are others. */
  | { kind: 'more'; id: number; count: number }
  /** It is at work on a long document. */
  | { kind: 'busy'; revision: number }
  /** A line of a document that it cannot take; the others hold. */
  | { kind: 'refusal'; revision: number; reason: LineRefusal; line: string | null }
  | { kind: 'applied'; revision: number }
  | { kind: 'refused'; revision: number; reason: Refusal }
  | ({ kind: 'event' } & Neighbour)
  | FactMessage
  /** A newer program is on trial; the connection ends. */
  | { kind: 'trying'; version: string }
  /** A newer program was not taken. */
  | { kind: 'kept'; version: string; reason: UpdateRefusal }
  | { kind: 'unlinked' }
  | { kind: 'error'; reason: string };

export type Hello = Extract<AgentMessage, { kind: 'hello' }>;

const REVISION = number(/^(?:0|[1-9]\d{0,14})$/);
const ID = number(/^[1-9]\d{0,8}$/);
const COUNT = number(/^(?:0|[1-9]\d{0,5})$/);
const VERSION = matching(/^[0-9A-Za-z.-]{1,32}$/);
const REASON = matching(/^[a-z-]{1,32}$/);
const STATE = oneOf(['intact', 'drifted', 'none']);
const LIMITER = oneOf(['nft', 'tc']);
const REFUSAL = oneOf(REFUSALS);
const CLOCK: Token<Clock | null> = (token) => (token === '-' ? null : knownClock(token));
const knownClock = oneOf(['trusted', 'held', 'repeated']);
const LINE_REFUSAL = oneOf(LINE_REFUSALS);
const UPDATE_REFUSAL = oneOf(UPDATE_REFUSALS);
const IP: Token<string> = (token) => (token === '-' ? UNKNOWN_ADDRESS : ADDRESS(token));
const WORDS = matching(/^[a-z]{1,16}(?:,[a-z]{1,16})*$/);
const CAPABILITIES: Token<ReadonlySet<Feature>> = (token) => {
  const words = token === '-' ? '' : WORDS(token);
  return words === undefined ? undefined : knownFeatures(words.split(','));
};
const ONLINE: Token<boolean> = (token) => {
  if (token === 'online') return true;
  return token === 'offline' ? false : undefined;
};

/** The message of a line (without its end); undefined if it is not one. */
export function parseAgentMessage(line: string): AgentMessage | undefined {
  const [verb = '', ...tokens] = line.split(' ');
  // Protocol 1 has no capabilities.
  if (verb === 'hello' && tokens.length === 5) tokens.push('-');
  // Only an agent with the capability `counts` says how many blocks hold.
  if (verb === 'hello' && tokens.length === 6) tokens.push('-');
  // Only an agent with the capability `time` says anything of its clock.
  if (verb === 'status' && tokens.length === 4) tokens.push('-');
  return parsers.get(verb)?.(tokens);
}

const PARSERS = {
  hello: reading('hello', {
    version: VERSION,
    revision: REVISION,
    state: STATE,
    limiter: LIMITER,
    lan: MAC,
    features: CAPABILITIES,
    blocks: orNull(COUNT),
  }),
  pong: reading('pong', { id: ID }),
  status: reading('status', {
    id: ID,
    revision: REVISION,
    state: STATE,
    limiter: LIMITER,
    clock: CLOCK,
  }),
  device: reading('device', { mac: MAC, ip: IP, online: ONLINE, hostname: NAME }),
  scanned: reading('scanned', { id: ID, count: COUNT }),
  more: reading('more', { id: ID, count: COUNT }),
  busy: reading('busy', { revision: REVISION }),
  refusal: reading('refusal', { revision: REVISION, reason: LINE_REFUSAL, line: NAME }),
  applied: reading('applied', { revision: REVISION }),
  refused: reading('refused', { revision: REVISION, reason: REFUSAL }),
  event: reading('event', { online: ONLINE, mac: MAC, ip: IP, hostname: NAME }),
  ...FACT_PARSERS,
  trying: reading('trying', { version: VERSION }),
  kept: reading('kept', { version: VERSION, reason: UPDATE_REFUSAL }),
  unlinked: reading('unlinked', {}),
  error: reading('error', { reason: REASON }),
};

const parsers = new Map<string, (tokens: string[]) => AgentMessage | undefined>(
  Object.entries(PARSERS),
);

/** The line (without its end) of an agent's message. What the simulator says, and the tests. */
export function writeAgentMessage(message: AgentMessage): string {
  switch (message.kind) {
    case 'hello': {
      const { version, revision, state, limiter, lan, features, blocks } = message;
      const counted = blocks === null ? '' : ` ${blocks}`;
      return `hello ${version} ${revision} ${state} ${limiter} ${lan} ${[...features].join(',') || '-'}${counted}`;
    }
    case 'pong':
      return `pong ${message.id}`;
    case 'status':
      return `status ${message.id} ${message.revision} ${message.state} ${message.limiter}${message.clock === null ? '' : ` ${message.clock}`}`;
    case 'device':
      return `device ${message.mac} ${addressOf(message)} ${reachOf(message)} ${encodeName(message.hostname)}`;
    case 'scanned':
      return `scanned ${message.id} ${message.count}`;
    case 'more':
      return `more ${message.id} ${message.count}`;
    case 'busy':
      return `busy ${message.revision}`;
    case 'refusal':
      return `refusal ${message.revision} ${message.reason} ${encodeName(message.line)}`;
    case 'applied':
      return `applied ${message.revision}`;
    case 'refused':
      return `refused ${message.revision} ${message.reason}`;
    case 'event':
      return `event ${reachOf(message)} ${message.mac} ${addressOf(message)} ${encodeName(message.hostname)}`;
    case 'place':
    case 'router':
    case 'health':
    case 'use':
    case 'used':
      return writeFact(message);
    case 'trying':
      return `trying ${message.version}`;
    case 'kept':
      return `kept ${message.version} ${message.reason}`;
    case 'unlinked':
      return 'unlinked';
    case 'error':
      break;
  }
  return `error ${message.reason}`;
}

function addressOf({ ip }: Neighbour): string {
  return ip === UNKNOWN_ADDRESS ? '-' : ip;
}

function reachOf({ online }: Neighbour): 'online' | 'offline' {
  return online ? 'online' : 'offline';
}
