/** What a simulated router says: the conversation of docs/protocol.md, as netpilot-agent holds it. */
import type { Neighbour } from '../devices/neighbour.ts';
import type { Clock } from '../fleet/driver.ts';
import { readDocument } from '../fleet/openwrt/document-lines.ts';
import { LONGEST_IN_CHUNKS } from '../fleet/openwrt/document-pieces.ts';
import { type Refusal, writeAgentMessage } from '../fleet/openwrt/messages.ts';
import { type DocumentAccess, accessIn, repeatedBy } from '../policy/document-access.ts';
import { OPEN_DOCUMENT, type PolicyDocument } from '../policy/document.ts';
import type { Feature } from '../routers/features.ts';
import { NEWEST_AGENT } from '../routers/newest-agent.ts';
import type { Home } from './home.ts';
import { type Telling, createTelling } from './telling.ts';

/** What it can do besides protocol 1. */
export const FEATURES: ReadonlySet<Feature> = new Set([
  'chunks',
  'partial',
  'time',
  'rates',
  'networks',
  'places',
  'router',
  'health',
  'usage',
  'wake',
  'redial',
  'move',
]);

export type SimulatedAgent = {
  /** The first line of a connection. */
  hello: () => string;
  /** The answers to one line of the server's, without its end. */
  answer: (line: string) => string[];
  /** Lets one thing happen in the home; gives the lines that report it. */
  live: () => string[];
  /** Lets the home live as a family does, until now; gives the lines that report it. */
  liveUntilNow: () => string[];
  /** What it tells besides, if that is due. */
  tell: () => string[];
  /** What it does: the document of the revision in force. */
  policy: () => { revision: number; document: readonly string[] };
  /** What that gives a device now, by the name that the document has for it. */
  access: (address: string, network?: string) => DocumentAccess;
  /** Whether the server has told it to leave. */
  isUnlinked: () => boolean;
};

/** A document in force, or the one before any: revision 0, without lines. */
type Policy = { revision: number; document: readonly string[] };

const NO_POLICY: Policy = { revision: 0, document: [] };

type State = {
  policy: Policy;
  /** What the policy's lines say. */
  document: PolicyDocument;
  /** Seconds of the epoch at the uptime 0, once the server has said the time. */
  offset?: number;
  /** Seconds since the router started. */
  uptime: () => number;
  telling: Telling;
  /** A document that is arriving. */
  incoming?: { revision: number; count: number; lines: string[] } | undefined;
  /** What of a scan was not asked for yet. */
  scan?: { id: number; told: number; most: number; lines: string[] } | undefined;
  isUnlinked: boolean;
};

/**
 * @param uptime seconds since the router started
 * @param now for what people do in the home
 * @param hasOutages whether its line fails now and then
 */
export function createAgent(
  home: Home,
  uptime: () => number = () => performance.now() / 1_000,
  now = () => new Date(),
  hasOutages = false,
): SimulatedAgent {
  const access = (address: string, network?: string) =>
    accessIn(state.document, address, instantOf(state), network ?? null);
  const state: State = {
    policy: NO_POLICY,
    document: OPEN_DOCUMENT,
    uptime,
    telling: createTelling(home, uptime, now, access, hasOutages),
    isUnlinked: false,
  };
  return {
    hello: () =>
      writeAgentMessage({
        kind: 'hello',
        version: NEWEST_AGENT,
        lan: home.lan,
        features: FEATURES,
        blocks: null,
        ...standing(state),
      }),
    answer: (line) => answer(home, state, line),
    live: () => reportOf(state, home.live()),
    liveUntilNow: () => reportOf(state, home.liveUntil(now(), access)),
    tell: () => state.telling.due(),
    policy: () => state.policy,
    access,
    isUnlinked: () => state.isUnlinked,
  };
}

/** What has changed, and where those are who came. */
function reportOf({ telling }: State, changed: readonly Neighbour[]): string[] {
  const came = new Set(changed.filter(({ online }) => online).map(({ mac }) => mac));
  return [
    ...changed.map((neighbour) => writeAgentMessage({ kind: 'event', ...neighbour })),
    ...(came.size > 0 ? telling.places(came) : []),
  ];
}

function answer(home: Home, state: State, line: string): string[] {
  const [verb = '', ...tokens] = line.split(' ');
  switch (verb) {
    case 'ping':
      return withId(tokens, (id) => [writeAgentMessage({ kind: 'pong', id })]);
    case 'status':
      return withId(tokens, (id) => [
        writeAgentMessage({ kind: 'status', id, ...standing(state), clock: clockOf(state) }),
      ]);
    case 'scan':
      return withId(tokens.slice(0, 1), (id) => scan(home, state, id, tokens.slice(1)));
    case 'more':
      return withId(tokens, (id) => (id === state.scan?.id ? more(state) : complain('unexpected')));
    case 'chunk': // its bytes are whole lines: they follow as if they came alone
      return state.incoming === undefined ? complain('unexpected') : [];
    case 'time':
      return tellTime(state, tokens);
    case 'health':
      state.telling.askHealth(tokens.filter((target) => target !== '-'));
      return [];
    case 'usage':
      state.telling.watchUsage(readNumber(tokens[0]) ?? 0);
      return [];
    case 'wake':
      return reportOf(state, home.wake(tokens[0] ?? ''));
    case 'redial': // who holds its connection does it
    case 'move':
      return [];
    case 'apply':
      return startDocument(state, tokens);
    case 'mode':
    case 'limit':
    case 'full':
    case 'block':
    case 'list':
    case 'rate':
    case 'net':
    case 'new':
    case 'known':
    case 'window':
    case 'once':
    case 'when':
      return takeLine(state, line);
    case 'end':
      return endDocument(state, tokens[0]);
    case 'unlink':
      if (tokens[0] !== home.lan) return complain('bad-token');
      state.isUnlinked = true;
      state.policy = NO_POLICY;
      state.document = OPEN_DOCUMENT;
      return ['unlinked'];
    default:
      return complain('unknown-verb');
  }
}

function standing({ policy: { revision } }: State) {
  return { revision, state: revision === 0 ? 'none' : 'intact', limiter: 'nft' } as const;
}

/** Until it knows the time, no window has been open. */
function instantOf({ offset, uptime }: State): number {
  return offset === undefined ? 0 : Math.floor(offset + uptime());
}

function clockOf(state: State): Clock | null {
  if (state.offset === undefined) return state.document.windows.length === 0 ? null : 'held';
  const isRepeating = repeatedBy(state.document, instantOf(state)) > 0;
  return isRepeating ? 'repeated' : 'trusted';
}

/** Answers a verb that has an id and nothing else. */
function withId(tokens: readonly string[], say: (id: number) => string[]): string[] {
  const id = readNumber(tokens[0]);
  return id === undefined || tokens.length !== 1 ? complain('bad-token') : say(id);
}

function tellTime(state: State, tokens: readonly string[]): string[] {
  const [epoch = ''] = tokens;
  if (!/^[1-9]\d{0,10}$/.test(epoch) || tokens.length !== 1) return complain('bad-token');
  state.offset = Number(epoch) - state.uptime();
  return [];
}

function scan(home: Home, state: State, id: number, [most, ...rest]: readonly string[]): string[] {
  const atATime = most === undefined ? Infinity : readNumber(most);
  if (atATime === undefined || rest.length > 0) return complain('bad-token');
  const lines = home
    .neighbours()
    .map((neighbour) => writeAgentMessage({ kind: 'device', ...neighbour }));
  state.scan = { id, told: 0, most: atATime, lines };
  return more(state);
}

function more({ scan: under, telling }: State): string[] {
  if (under === undefined) return [];
  const { id, told, most, lines } = under;
  under.told = Math.min(told + most, lines.length);
  const kind = under.told < lines.length ? 'more' : 'scanned';
  return [
    ...lines.slice(told, under.told),
    writeAgentMessage({ kind, id, count: under.told }),
    ...(kind === 'scanned' ? telling.places() : []),
  ];
}

function startDocument(state: State, tokens: readonly string[]): string[] {
  const { incoming } = state;
  const refused = incoming === undefined ? [] : [refuse(incoming.revision, 'incomplete')];
  const [revision, count] = [readRevision(tokens[0]), readNumber(tokens[1])];
  state.incoming =
    revision === undefined || count === undefined || count > LONGEST_IN_CHUNKS || tokens.length > 2
      ? undefined
      : { revision, count, lines: [] };
  return state.incoming === undefined ? [...refused, ...complain('bad-token')] : refused;
}

function takeLine({ incoming }: State, line: string): string[] {
  if (incoming === undefined) return complain('unexpected');
  // What is beyond the count is counted, and not kept.
  if (incoming.lines.length <= incoming.count) incoming.lines.push(line);
  return [];
}

function endDocument(state: State, token: string | undefined): string[] {
  const { incoming } = state;
  if (incoming === undefined) return complain('unexpected');
  const { revision, count, lines } = incoming;
  state.incoming = undefined;
  if (readRevision(token) !== revision || lines.length !== count)
    return [refuse(revision, 'incomplete')];
  const reading = readDocument(lines);
  if (reading === undefined) return [refuse(revision, 'invalid')];
  const { document, odd } = reading;
  state.document = document;
  state.policy = { revision, document: lines.filter((line) => !odd.includes(line)) };
  return [
    ...odd.map((line) =>
      writeAgentMessage({ kind: 'refusal', revision, reason: 'address', line: line.slice(0, 80) }),
    ),
    writeAgentMessage({ kind: 'applied', revision }),
  ];
}

function refuse(revision: number, reason: Refusal): string {
  return writeAgentMessage({ kind: 'refused', revision, reason });
}

function complain(reason: string): string[] {
  return [writeAgentMessage({ kind: 'error', reason })];
}

function readRevision(token: string | undefined): number | undefined {
  return /^(0|[1-9]\d{0,14})$/.test(token ?? '') ? Number(token) : undefined;
}

function readNumber(token: string | undefined): number | undefined {
  return /^[1-9]\d{0,8}$/.test(token ?? '') ? Number(token) : undefined;
}
