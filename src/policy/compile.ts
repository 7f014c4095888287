/** Compiles what a home decides into what a router must do. Pure. */
import { accessAt } from '../access/access-at.ts';
import { decide } from '../access/decide.ts';
import type { LoadedDevice } from '../access/load-home.ts';
import { situationOf } from '../access/situation.ts';
import type { AccessDevice, AccessHome } from '../access/types.ts';
import { DAY } from '../access/wall-clock.ts';
import type { Span } from '../access/weekly.ts';
import { parseAddress } from '../parse-address.ts';
import { parseMac } from '../parse-mac.ts';
import type { Feature } from '../routers/features.ts';
import { type Course, courseOf, isSameRates, periodOf, ratesOf } from './course.ts';
import { OPEN_DOCUMENT, type PolicyDocument, type Rates, type TimedRule } from './document.ts';
import {
  type Classes,
  type Placement,
  type WindowNumbers,
  classesOf,
  createWindowNumbers,
  place,
  whitelist,
} from './placing.ts';
import type { Rules } from './rules.ts';

/** What a block or a list entry is for, with all MACs of the device. */
export type DocumentTarget = { ip: string; mac: string | null; device_macs: string[] };

/** Everything that the document is compiled from. */
export type DocumentInput = {
  rules: Rules;
  /** The active ones. */
  blocks: readonly DocumentTarget[];
  /** The active entries of the mode's list. */
  listed: readonly DocumentTarget[];
  /** The router's own MACs and addresses: never blocked, never limited. */
  own: readonly string[];
  /** What the home of the router decides besides; undefined: nothing. */
  home?: RouterHome | undefined;
  /** What the router's agent can do. */
  features: ReadonlySet<Feature>;
  /** In seconds of the epoch. */
  instant: number;
};

/** A home, with the devices of a router that its rules are about: all, if some are about devices that are not known. */
export type RouterHome = { home: AccessHome; router_id: string; devices: readonly LoadedDevice[] };

export type Compiled = {
  document: PolicyDocument;
  /** What the agent cannot give a device. */
  unable: (Rates & { device: string })[];
};

/** The same for the same policy, in whatever order the database gives it. */
export function compileDocument(input: DocumentInput): Compiled {
  const { rules, blocks, own, home } = input;
  const classes = classesOf(rules);
  const blocked = addressesOf(blocks, own);
  const listed = rules.mode === 'none' ? [] : addressesOf(input.listed, own);
  if (home !== undefined) return compileHome({ ...input, home }, classes, { blocked, listed });
  const { mode, limit, full } = classes;
  return { document: { ...OPEN_DOCUMENT, mode, limit, full, blocked, listed }, unable: [] };
}

/**
 * When a document must be replaced by another one, if nobody changes anything before; null: never. An agent that keeps time gets a
 * fresh one each day as long as something in it repeats, another one at each switch.
 * @param since when the document was compiled, in seconds of the epoch
 */
export function renewalOf({ home, features }: DocumentInput, since: number): number | null {
  if (home === undefined) return null;
  if (features.has('time'))
    return home.home.rules.some(
      ({ kind, windows, from }) => kind === 'schedule' && (windows !== null || from > since),
    )
      ? since + DAY
      : null;
  const devices: AccessDevice[] = [...home.devices, newcomer(home, null)];
  const ends = devices.flatMap((device) => accessAt(home.home, device, since).until ?? []);
  return ends.length === 0 ? null : ends.reduce((one, other) => Math.min(one, other));
}

type Entries = Pick<PolicyDocument, 'blocked' | 'listed'>;
type HomeInput = DocumentInput & { home: RouterHome };
type CourseOf = (device: AccessDevice) => Course;
/** What names a device, the address that it has besides, and what it gets. */
type Subject = { names: readonly string[]; ip: string | null; course: Course };
type Newcomers = { network: string | null; course: Course };

function compileHome(input: HomeInput, policy: Classes, entries: Entries): Compiled {
  const { home, features, own } = input;
  const hasNetworks = features.has('networks');
  const period = periodOf(home.home, input.instant);
  const courseFor = coursesOf(input, period);
  const newcomers = (hasNetworks ? [null, ...networksOf(home)] : [null]).map(
    (network): Newcomers => ({ network, course: courseFor(newcomer(home, network)) }),
  );
  const isOpen = newcomers.every(({ course }) => isAsOthers(course, policy));
  const classes = hasNetworks || isOpen ? policy : denying(policy, newcomers);
  const known = home.devices.flatMap((device) => subjectOf(device, courseFor));
  const unseen = isOpen ? [] : unseenOf(entries.listed, home, courseFor);
  const subjects = [...known, ...unseen]
    .map((subject) => ({ ...subject, names: subject.names.filter((name) => !own.includes(name)) }))
    .toSorted(byName);
  const numbers = createWindowNumbers(period.to);
  const said = sayAll(subjects, classes, numbers, features.has('rates'));
  const rest = isOpen ? restOfList(entries.listed, subjects, said.document.listed) : [];
  const document = {
    ...said.document,
    mode: classes.mode,
    limit: classes.limit,
    full: classes.full,
    blocked: sorted([...entries.blocked, ...said.document.blocked]),
    listed: sorted([...rest, ...said.document.listed]),
  };
  if (hasNetworks && !isOpen) {
    sayNewcomers(document, newcomers, numbers);
    document.known = sorted(subjects.flatMap(({ names }) => names.filter(isMac)));
  }
  document.windows = numbers.windows();
  document.once = numbers.once();
  return { document, unable: said.unable };
}

/** Devices of the same signature have the same course, which is made once. An agent without a clock is told what holds now. */
function coursesOf({ home, features, instant }: HomeInput, period: Span): CourseOf {
  const courses = new Map<string, Course>();
  return (device) => {
    const situation = situationOf(home.home, device);
    const known = courses.get(situation.signature);
    if (known !== undefined) return known;
    const course = features.has('time')
      ? courseOf(situation, period, instant)
      : { steady: ratesOf(decide(situation, instant)), timed: [] };
    courses.set(situation.signature, course);
    return course;
  };
}

/** A device that nobody has ever seen, on a network. */
function newcomer({ home, router_id }: RouterHome, network: string | null): AccessDevice {
  return {
    id: '',
    part_ids: [],
    router_id,
    home_id: home.id,
    is_router: false,
    person_id: null,
    network,
    is_reviewed: false,
    blocked_since: null,
    is_listed: false,
  };
}

/** The networks of the router that a rule is about. */
function networksOf({ home, router_id }: RouterHome): string[] {
  const named = home.rules.flatMap((rule) =>
    rule.network !== null && (rule.router_id ?? router_id) === router_id ? [rule.network] : [],
  );
  return sorted(named);
}

/** Whether it is what the mode gives devices that are not on its list. */
function isAsOthers({ steady, timed }: Course, { others }: Classes): boolean {
  return timed.length === 0 && isSameRates(steady, others);
}

/**
 * An agent that knows no newcomers gives everybody who is not on a list what newcomers get: then all others are on the list. It has one
 * rate for both directions: the lower one.
 */
function denying(policy: Classes, [newcomers]: readonly Newcomers[]): Classes {
  if (newcomers === undefined || isSameRates(newcomers.course.steady, policy.others)) return policy;
  const { down, up } = newcomers.course.steady;
  const lowest = down === null || up === null ? (down ?? up) : Math.min(down, up);
  return whitelist(lowest, policy.mode === 'whitelist' ? policy.full : policy.others.down);
}

function byName({ names: [one = ''] }: Subject, { names: [other = ''] }: Subject): number {
  return one < other ? -1 : 1;
}

/** What is blocked by hand is blocked as it is, and the router never is. */
function subjectOf(device: LoadedDevice, courseFor: CourseOf): Subject[] {
  const { is_router, blocked_since, macs, ip } = device;
  if (is_router || blocked_since !== null) return [];
  const names = macs.length > 0 || ip === null ? macs : [ip];
  return [{ names, ip, course: courseFor(device) }];
}

/** What is on the list and was never seen: a newcomer that is on the list. */
function unseenOf(listed: readonly string[], home: RouterHome, courseFor: CourseOf): Subject[] {
  const seen = new Set(
    home.devices.flatMap(({ macs, ip }) => [...macs, ...(ip === null ? [] : [ip])]),
  );
  const course = courseFor({ ...newcomer(home, null), is_listed: true });
  return listed.flatMap((name) => (seen.has(name) ? [] : [{ names: [name], ip: null, course }]));
}

/** Entries of the list for what no rule is about; not by the address of a device that is not to be on it. */
function restOfList(
  listed: readonly string[],
  subjects: readonly Subject[],
  placed: readonly string[],
): string[] {
  const onList = new Set(placed);
  const decided = new Set(
    subjects.flatMap(({ names, ip }) => {
      const isListed = names.some((name) => onList.has(name));
      return isListed || ip === null ? names : [...names, ip];
    }),
  );
  return listed.filter((name) => !decided.has(name));
}

function sayAll(
  subjects: readonly Subject[],
  classes: Classes,
  numbers: WindowNumbers,
  hasRates: boolean,
): Compiled {
  const document = structuredClone(OPEN_DOCUMENT);
  const unable: Compiled['unable'] = [];
  const placements = new Map<Course, Placement>();
  for (const { names, course } of subjects) {
    const placement = placements.get(course) ?? place(course, classes, hasRates);
    placements.set(course, placement);
    for (const device of names) {
      if (placement.isListed) document.listed.push(device);
      if (placement.isBlocked) document.blocked.push(device);
      if (placement.rates !== undefined) document.rates.push({ device, ...placement.rates });
      for (const timed of placement.timed) document.timed.push(sayTimed(timed, device, numbers));
      for (const rates of placement.unable) unable.push({ device, ...rates });
    }
  }
  return { document, unable };
}

function sayTimed(
  timed: Placement['timed'][number],
  device: string,
  numbers: WindowNumbers,
): TimedRule {
  const window = numbers.numberOf(timed);
  if (timed.kind !== 'rate') return { window, kind: timed.kind, device };
  return { window, kind: 'rate', device, ...timed.rates };
}

/** A network that is named outweighs what is said of all of them, so that each says all that it gives. */
function sayNewcomers(
  document: PolicyDocument,
  newcomers: readonly Newcomers[],
  numbers: WindowNumbers,
): void {
  for (const { network, course } of newcomers) {
    document.newcomers.push({ network, ...course.steady });
    for (const timed of course.timed)
      document.timed.push({
        window: numbers.numberOf(timed),
        kind: 'new',
        network,
        ...timed.rates,
      });
  }
}

function isMac(name: string): boolean {
  return parseMac(name) === name;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** All MACs of the devices; the address of one without a known MAC. */
function addressesOf(entries: readonly DocumentTarget[], own: readonly string[]): string[] {
  const addresses = entries.flatMap(({ ip, mac, device_macs }) => {
    const macs = [...(mac === null ? [] : [mac]), ...device_macs];
    return macs.length > 0 ? macs : [parseAddress(ip) ?? ip];
  });
  return sorted(addresses).filter((address) => !own.includes(address));
}
