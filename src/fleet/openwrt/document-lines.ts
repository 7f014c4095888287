/** A document as docs/protocol.md has it: the lines between `apply` and `end`. Both directions are pure. */
import { isIP } from 'node:net';
import {
  OPEN_DOCUMENT,
  type PolicyDocument,
  type Rates,
  type TimedRule,
} from '../../policy/document.ts';
import type { Feature } from '../../routers/features.ts';

/** The highest that fits the protocol's twelve digits: as good as no limit. */
const HIGHEST_RATE = 999_999_999_999;

/** The lines (without their ends) of a document, with nothing in them that an agent of these features does not know. */
export function writeDocument(document: PolicyDocument, features: ReadonlySet<Feature>): string[] {
  const { mode, limit, full, blocked, listed, rates, windows, once, timed } = document;
  const [hasTime, hasRates] = [features.has('time'), features.has('rates')];
  return [
    `mode ${mode}`,
    `limit ${writeRate(limit)}`,
    `full ${writeRate(full)}`,
    ...blocked.map((device) => `block ${device}`),
    ...listed.map((device) => `list ${device}`),
    ...(hasRates ? rates.map((rate) => `rate ${rate.device} ${writeRates(rate)}`) : []),
    ...(hasTime ? windows.map(({ number, from, to }) => `window ${number} ${from} ${to}`) : []),
    ...(hasTime ? once.map((number) => `once ${number}`) : []),
    ...(hasTime ? timed.filter(({ kind }) => kind !== 'rate' || hasRates).map(writeTimed) : []),
  ];
}

function writeTimed(rule: TimedRule): string {
  const rates = rule.kind === 'rate' ? ` ${writeRates(rule)}` : '';
  return `when ${rule.window} ${rule.kind} ${rule.device}${rates}`;
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
  if (!['block', 'list', 'rate'].includes(kind)) return false;
  return !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(device) && isIP(device) === 0;
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
    default: {
      const rule = readRule(document, tokens);
      if (rule?.kind === 'block') document.blocked.push(rule.device);
      if (rule?.kind === 'list') document.listed.push(rule.device);
      if (rule?.kind === 'rate') {
        const { device, down, up } = rule;
        document.rates.push({ device, down, up });
      }
      return rule !== undefined;
    }
  }
}

type Rule = { kind: 'block' | 'list'; device: string } | ({ kind: 'rate'; device: string } & Rates);

function readRule({ mode }: PolicyDocument, tokens: readonly string[]): Rule | undefined {
  const [kind, device = '', ...rates] = tokens;
  if (kind === 'rate') {
    const [down, up] = rates.map((rate) => readRate(rate));
    if (down === undefined || up === undefined || rates.length !== 2) return undefined;
    return { kind, device, down, up };
  }
  const isRule = kind === 'block' || (kind === 'list' && mode !== 'none');
  return isRule && rates.length === 0 ? { kind, device } : undefined;
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
