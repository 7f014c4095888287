/** What a document means for one device at one instant, and when that may change. Pure, and what an agent does (agent/windows.awk). */
import type { DocumentWindow, NetworkRates, PolicyDocument, Rates, TimedRule } from './document.ts';

/** Blocked, or what it gets in each direction, in bits per second; null: no limit; 0: nothing. */
export type DocumentAccess = Rates & { isBlocked: boolean };

const WEEK = 7 * 86_400;
const BLOCKED: DocumentAccess = { isBlocked: true, down: 0, up: 0 };

/**
 * What a document gives a device.
 * @param address the name that the document has for the device: a MAC, or its IP address
 * @param instant in seconds of the epoch
 * @param network where the device is, as netifd names it; null: nobody knows
 */
export function accessIn(
  document: PolicyDocument,
  address: string,
  instant: number,
  network: string | null = null,
): DocumentAccess {
  const open = openWindows(document, instant);
  const now = document.timed.filter(({ window }) => open.has(window));
  const isNamed = (list: readonly string[], kind: 'block' | 'list') =>
    list.includes(address) || now.some((rule) => rule.kind === kind && rule.device === address);
  if (isNamed(document.blocked, 'block')) return BLOCKED;
  const isNew = !document.known.includes(address);
  const rates =
    ratesOfDevice(document, now, address) ??
    ratesOfNetwork(document.networks, ofKind(now, 'net'), network) ??
    (isNew ? ratesOfNetwork(document.newcomers, ofKind(now, 'new'), network) : undefined) ??
    ratesOfMode(document, isNamed(document.listed, 'list'));
  return rates.down === 0 && rates.up === 0 ? BLOCKED : { isBlocked: false, ...rates };
}

/** What windows have takes the place of what always holds. */
function ratesOfDevice(
  document: PolicyDocument,
  now: readonly TimedRule[],
  address: string,
): Rates | undefined {
  const timed = now.flatMap((rule) => (rule.kind === 'rate' ? [rule] : []));
  const own = (rates: typeof document.rates) => rates.filter(({ device }) => device === address);
  return lowest(own(timed)) ?? lowest(own(document.rates));
}

function ofKind(now: readonly TimedRule[], kind: 'net' | 'new'): NetworkRates[] {
  return now.flatMap((rule) => (rule.kind === kind ? [rule] : []));
}

/** What is said of this network outweighs what is said of every one. */
function ratesOfNetwork(
  always: readonly NetworkRates[],
  timed: readonly NetworkRates[],
  network: string | null,
): Rates | undefined {
  const of = (rules: readonly NetworkRates[], name: string | null) =>
    lowest(rules.filter((rule) => rule.network === name));
  const named = network === null ? undefined : (of(timed, network) ?? of(always, network));
  return named ?? of(timed, null) ?? of(always, null);
}

/** The first instant after another one at which a window opens or closes; null: none does. */
export function nextSwitch({ windows, once }: PolicyDocument, instant: number): number | null {
  const back = repeatedBy({ windows, once }, instant);
  const ahead = windows
    .flatMap(({ number, from, to }) => {
      const shift = once.includes(number) ? 0 : back;
      return [from + shift, to + shift];
    })
    .filter((at) => at > instant);
  return ahead.length === 0 ? null : ahead.reduce((one, other) => Math.min(one, other));
}

/** Numbers of the windows that are open at an instant. */
function openWindows({ windows, once }: PolicyDocument, instant: number): Set<number> {
  const back = repeatedBy({ windows, once }, instant);
  const isOpen = ({ number, from, to }: DocumentWindow) => {
    const at = once.includes(number) ? instant : instant - back;
    return from <= at && at < to;
  };
  return new Set(windows.filter(isOpen).map(({ number }) => number));
}

/** Seconds, in whole weeks, by which an instant is after the last week of the document; 0 while there are windows ahead. */
export function repeatedBy(
  { windows, once }: Pick<PolicyDocument, 'windows' | 'once'>,
  instant: number,
): number {
  const end = windows
    .filter(({ number }) => !once.includes(number))
    .reduce((latest, { to }) => Math.max(latest, to), 0);
  return end === 0 || instant < end ? 0 : (Math.floor((instant - end) / WEEK) + 1) * WEEK;
}

/** Of several rates the lowest counts, each direction by itself; undefined: there are none. */
function lowest(several: readonly Rates[]): Rates | undefined {
  if (several.length === 0) return undefined;
  const least = (rates: readonly (number | null)[]) => {
    const limits = rates.flatMap((rate) => (rate === null ? [] : [rate]));
    return limits.length === 0 ? null : limits.reduce((one, other) => Math.min(one, other));
  };
  return { down: least(several.map(({ down }) => down)), up: least(several.map(({ up }) => up)) };
}

function ratesOfMode({ mode, limit, full }: PolicyDocument, isListed: boolean): Rates {
  const isLimited = mode === 'whitelist' ? !isListed : isListed;
  const rate = mode === 'none' ? null : isLimited ? limit : full;
  return { down: rate, up: rate };
}
