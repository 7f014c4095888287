/** A document as docs/protocol.md has it: the lines between `apply` and `end`. Both directions are pure. */
import { isIP } from 'node:net';
import {
  type NetworkRates,
  OPEN_DOCUMENT,
  type PolicyDocument,
  type Rates,
  type TimedRule,
} from '../../policy/document.ts';
import type { Feature } from '../../routers/features.ts';
import { MAC } from './tokens.ts';

/** The highest that fits the protocol's twelve digits: as good as no limit. */
const HIGHEST_RATE = 999_999_999_999;
/** The highest number that windows can have. */
export const HIGHEST_WINDOW = 99_999;
/** A name that a network can have. */
const NETWORK = /^\w[\w.-]{0,63}$/;

/** The lines (without their ends) of a document, with nothing in them that an agent of these features does not know. */
export function writeDocument(document: PolicyDocument, features: ReadonlySet<Feature>): string[] {
  const { mode, limit, full, blocked, listed, rates, windows, once, timed } = document;
  const [hasTime, hasRates] = [features.has('time'), features.has('rates')];
  const hasNetworks = features.has('networks');
  const isSaid = (rule: TimedRule) => {
    if (rule.kind === 'net' || rule.kind === 'new') return hasNetworks && canBe(rule);
    return rule.kind !== 'rate' || hasRates;
  };
  return [
    `mode ${mode}`,
    `limit ${writeRate(limit)}`,
    `full ${writeRate(full)}`,
    ...blocked.map((device) => `block ${device}`),
    ...listed.map((device) => `list ${device}`),
    ...(hasRates ? rates.map((rate) => `rate ${rate.device} ${writeRates(rate)}`) : []),
    ...(hasNetworks
      ? document.networks.filter(canBe).map((rule) => writeNetwork('net', rule))
      : []),
    ...(hasNetworks
      ? document.newcomers.filter(canBe).map((rule) => writeNetwork('new', rule))
      : []),
    ...(hasNetworks ? document.known.map((mac) => `known ${mac}`) : []),
    ...(hasTime ? windows.map(({ number, from, to }) => `window ${number} ${from} ${to}`) : []),
    ...(hasTime ? once.map((number) => `once ${number}`) : []),
    ...(hasTime ? timed.filter(isSaid).map(writeTimed) : []),
  ];
}

/** No network has any other name, and one odd line would keep the others from holding. */
function canBe({ network }: NetworkRates): boolean {
  return network === null || NETWORK.test(network);
}

function writeTimed(rule: TimedRule): string {
  const before = `when ${rule.window}`;
  switch (rule.kind) {
    case 'net':
    case 'new':
      return `${before} ${writeNetwork(rule.kind, rule)}`;
    case 'rate':
      return `${before} rate ${rule.device} ${writeRates(rule)}`;
    case 'block':
    case 'list':
      break;
  }
  return `${before} ${rule.kind} ${rule.device}`;
}

function writeNetwork(kind: 'net' | 'new', { network, ...rates }: NetworkRates): string {
  const isBlock = rates.down === 0 && rates.up === 0;
  return `${kind} ${network ?? '*'} ${isBlock ? 'block' : `rate ${writeRates(rates)}`}`;
}

function writeRates({ down, up }: Rates): string {
  return `${writeRate(down)} ${writeRate(up)}`;
}

function writeRate(rate: number | null): string {
  return rate === null ? '-' : String(Math.min(rate, HIGHEST_RATE));
}

/** What lines say, and those of them that have no address where one belongs: they are left out. */
export type DocumentReading = { document: PolicyDocument; odd: string[] };

/** Undefined if a line is not as the protocol has it. */
export function readDocument(lines: readonly string[]): DocumentReading | undefined {
  const [mode = '', limit = '', full = '', ...rest] = lines;
  const [, word] = /^mode (none|whitelist|blacklist)$/.exec(mode) ?? [];
  const [limited, unlimited] = [readRate(limit, 'limit '), readRate(full, 'full ')];
  if (word === undefined || limited === undefined || unlimited === undefined) return undefined;
  const document = {
    ...structuredClone(OPEN_DOCUMENT),
    mode: word,
    limit: limited,
    full: unlimited,
  };
  const odd = rest.filter((line) => lacksAddress(line));
  const areRead = rest
    .filter((line) => !lacksAddress(line))
    .every((line) => takeLine(document, line.split(' ')));
  return areRead ? { document, odd } : undefined;
}

/** Whether a line names a device by what is no address. */
function lacksAddress(line: string): boolean {
  const tokens = line.split(' ');
  const [kind = '', device = ''] = tokens[0] === 'when' ? tokens.slice(2) : tokens;
  if (!['block', 'list', 'rate', 'known'].includes(kind)) return false;
  return MAC(device) === undefined && (kind === 'known' || isIP(device) === 0);
}

/** Adds what a line says. False if it is not one. */
function takeLine(document: PolicyDocument, tokens: readonly string[]): boolean {
  const [verb = '', ...rest] = tokens;
  const [number] = rest.map(readWindowNumber);
  switch (verb) {
    case 'window': {
      const [from, to] = rest.slice(1).map(readEpoch);
      if (rest.length !== 3 || number === undefined || from === undefined || to === undefined)
        return false;
      document.windows.push({ number, from, to });
      return from < to;
    }
    case 'once':
      if (number === undefined || rest.length !== 1) return false;
      document.once.push(number);
      return true;
    case 'when': {
      const rule = readRule(document, rest.slice(1));
      if (rule === undefined || number === undefined) return false;
      document.timed.push({ window: number, ...rule });
      return true;
    }
    case 'known':
      document.known.push(...rest);
      return rest.length === 1;
    default: {
      const rule = readRule(document, tokens);
      if (rule !== undefined) takeRule(document, rule);
      return rule !== undefined;
    }
  }
}

function takeRule(document: PolicyDocument, { kind, ...rule }: Rule): void {
  if ('network' in rule) document[kind === 'net' ? 'networks' : 'newcomers'].push(rule);
  else if ('down' in rule) document.rates.push(rule);
  else document[kind === 'block' ? 'blocked' : 'listed'].push(rule.device);
}

type Rule =
  | { kind: 'block' | 'list'; device: string }
  | ({ kind: 'rate'; device: string } & Rates)
  | ({ kind: 'net' | 'new' } & NetworkRates);

function readRule({ mode }: PolicyDocument, tokens: readonly string[]): Rule | undefined {
  const [kind, device = '', ...rates] = tokens;
  if (kind === 'net' || kind === 'new') return readNetwork(kind, tokens.slice(1));
  if (kind === 'rate') {
    const [down, up] = rates.map((rate) => readRate(rate));
    if (down === undefined || up === undefined || rates.length !== 2) return undefined;
    return { kind, device, down, up };
  }
  const isRule = kind === 'block' || (kind === 'list' && mode !== 'none');
  return isRule && rates.length === 0 ? { kind, device } : undefined;
}

function readNetwork(
  kind: 'net' | 'new',
  [name = '', word, ...rates]: readonly string[],
): Rule | undefined {
  if (name !== '*' && !NETWORK.test(name)) return undefined;
  const network = name === '*' ? null : name;
  if (word === 'block') return rates.length === 0 ? { kind, network, down: 0, up: 0 } : undefined;
  const [down, up] = rates.map((rate) => readRate(rate));
  if (word !== 'rate' || down === undefined || up === undefined || rates.length !== 2)
    return undefined;
  return { kind, network, down, up };
}

function readWindowNumber(token: string): number | undefined {
  return /^[1-9]\d{0,4}$/.test(token) ? Number(token) : undefined;
}

function readEpoch(token: string): number | undefined {
  return /^(0|[1-9]\d{0,10})$/.test(token) ? Number(token) : undefined;
}

/** Null for no limit; undefined if it is not a rate. */
function readRate(text: string, before = ''): number | null | undefined {
  const token = text.startsWith(before) ? text.slice(before.length) : '';
  if (token === '-') return null;
  return /^(0|[1-9]\d{0,11})$/.test(token) ? Number(token) : undefined;
}
