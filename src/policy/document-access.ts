/** What a document means for one device at one instant, and when that may change. Pure, and what an agent does (agent/windows.awk). */
import type { DocumentWindow, PolicyDocument, Rates } from './document.ts';

/** Blocked, or what it gets in each direction, in bits per second; null: no limit; 0: nothing. */
export type DocumentAccess = Rates & { isBlocked: boolean };

const WEEK = 7 * 86_400;
const BLOCKED: DocumentAccess = { isBlocked: true, down: 0, up: 0 };

/**
 * What a document gives a device.
 * @param address the name that the document has for the device: a MAC, or its IP address
 * @param instant in seconds of the epoch
 */
export function accessIn(
  document: PolicyDocument,
  address: string,
  instant: number,
): DocumentAccess {
  const open = openWindows(document, instant);
  const now = document.timed.filter((rule) => rule.device === address && open.has(rule.window));
  if (document.blocked.includes(address) || now.some(({ kind }) => kind === 'block'))
    return BLOCKED;
  const timed = now.flatMap((rule) => (rule.kind === 'rate' ? [rule] : []));
  const always = document.rates.filter(({ device }) => device === address);
  const isListed = document.listed.includes(address) || now.some(({ kind }) => kind === 'list');
  const rates = lowest(timed) ?? lowest(always) ?? ratesOfMode(document, isListed);
  return rates.down === 0 && rates.up === 0 ? BLOCKED : { isBlocked: false, ...rates };
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
