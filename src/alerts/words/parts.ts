/** What texts of every language are made of. Pure. */
import type { AlertFacts } from '../alerts-of.ts';
import type { AlertKind } from '../kinds.ts';

export type Words = { title: string; text: string };
/** @param zone of the home: times are those of its clocks */
export type Texts = Record<AlertKind, (facts: AlertFacts, zone: string) => Words>;

/** The most lines of a digest. */
const MOST_LINES = 20;
const MOST_NAMES = 8;

export const routerOf = ({ router }: AlertFacts) => router?.name ?? '';
export const deviceOf = ({ device }: AlertFacts) => device?.name ?? '';

/** "hall-tv (TP-Link, 9a:8d:…)": what is known of a device beside its name. */
export function evidence({ device }: AlertFacts, random: string): string {
  if (device === undefined) return '';
  const { name, mac, manufacturer, has_random_mac } = device;
  const known = [manufacturer, mac === name ? null : mac, has_random_mac ? random : null];
  const shown = known.filter((each) => each !== null);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

/** The first names of so many. */
export function list(
  { count = 0, names = [] }: Pick<AlertFacts, 'count' | 'names'>,
  more: (left: number) => string,
): string {
  const shown = names.slice(0, MOST_NAMES);
  return shown.join(', ') + (count > shown.length ? more(count - shown.length) : '');
}

/** A line of each, of so many only for the first. */
export function lines<Item>(
  all: readonly Item[],
  line: (item: Item) => string,
  more: (left: number) => string,
): string {
  const left = all.length - MOST_LINES;
  const shown = all.slice(0, MOST_LINES).map((item) => line(item));
  return [...shown, ...(left > 0 ? [more(left)] : [])].join('\n');
}

/** "7 min", "3 h 20 min", "2 days". */
export function duration(
  seconds = 0,
  [minute = '', hour = '', day = '']: readonly string[],
): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} ${minute}`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} ${day}`;
  return minutes % 60 === 0 ? `${hours} ${hour}` : `${hours} ${hour} ${minutes % 60} ${minute}`;
}

/** "Fri 14:36", as the clocks of the zone show it. */
export function clock(at: string | undefined, language: string, zone: string): string {
  if (at === undefined) return '';
  const parts = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  return `${part('weekday')} ${part('hour')}:${part('minute')}`;
}

/** "41 GB", "9.1 GB", "310 MB": of a thousand each, as providers count. */
export function bytes(count: number, language: string): string {
  const [unit, divisor] = count >= 1e9 ? (['GB', 1e9] as const) : (['MB', 1e6] as const);
  const value = count / divisor;
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return `${shown.format(value)} ${unit}`;
}
