/** What happens in a simulated home as the day goes by, and what its people do when they are blocked. */
import type { Neighbour } from '../devices/neighbour.ts';
import type { DocumentAccess } from '../policy/document-access.ts';
import { FAMILY, type Moment, hasGuests, isAtHome, isInUse, momentOf } from './family.ts';
import { type HomeDevice, type HomeWork, neighboursOf } from './home-device.ts';
import type { Kind } from './kinds.ts';
import { pick } from './random.ts';

/** What the router gives a device on a network now. */
export type AccessOf = (mac: string, network: string) => DocumentAccess;

/** Seconds after which a child whose phone is blocked tries another MAC, and a console without internet is switched off. */
const PATIENCE = { phone: 300, console: 600 };
/** The hour from which a child tries it, and the one at which the phone has its own MAC again. */
const [EVENING, MORNING] = [19, 6];

const GUESTS: readonly Kind[] = [
  { hostname: 'Galaxy-A54', oui: null, presence: 'mobile', hasIpv6: true },
  { hostname: 'iPhone', oui: null, presence: 'mobile', hasIpv6: true },
];

/** What is known of a device beyond what the router sees. */
type Habit = { ownMac: string; blockedSince?: number | undefined; triedOn?: number };

export function createRhythm(home: HomeWork): (instant: Date, accessOf: AccessOf) => Neighbour[] {
  const habits = new Map<HomeDevice, Habit>();
  let guests: HomeDevice[] = [];

  function receiveGuests(moment: Moment): Neighbour[] {
    const areThere = hasGuests(home.number, moment);
    if (areThere === guests.length > 0) return [];
    if (areThere) {
      guests = GUESTS.map((kind) => home.addDevice(kind, 'guest'));
      for (const guest of guests) guest.isOnline = true;
      return guests.flatMap(neighboursOf);
    }
    const left = guests;
    guests = [];
    for (const guest of left) {
      guest.isOnline = false;
      home.devices.splice(home.devices.indexOf(guest), 1);
    }
    return left.flatMap(neighboursOf);
  }

  function step(device: HomeDevice, moment: Moment, second: number, isBlocked: boolean) {
    const habit = habits.get(device) ?? { ownMac: device.mac };
    habits.set(device, habit);
    habit.blockedSince = isBlocked ? (habit.blockedSince ?? second) : undefined;
    const blockedFor = isBlocked ? second - (habit.blockedSince ?? second) : 0;
    if (isWanted(home.number, device, moment, blockedFor) !== device.isOnline)
      return home.comeOrGo(device);
    const isDay = moment.hour >= MORNING && moment.hour < EVENING;
    if (device.isOnline && isDay && device.mac !== habit.ownMac)
      return changeMac(device, habit.ownMac);
    const isTried = habit.triedOn === moment.day || moment.hour < EVENING;
    if (isTried || blockedFor < PATIENCE.phone || !isChildsPhone(device)) return [];
    habit.triedOn = moment.day;
    habit.blockedSince = undefined;
    return changeMac(device, home.makeMac(device.kind));
  }

  return (instant, accessOf) => {
    const moment = momentOf(instant);
    const second = Math.floor(instant.getTime() / 1_000);
    const events = [
      ...receiveGuests(moment),
      ...home.devices.flatMap((device) =>
        step(device, moment, second, accessOf(device.mac, device.network).isBlocked),
      ),
    ];
    const changing = home.devices.filter(({ isOnline, ipv6 }) => isOnline && ipv6.length > 0);
    if (events.length > 0 || changing.length === 0 || home.random() >= 0.1) return events;
    return home.renew(pick(home.random, changing));
  };
}

/** Whether a device is on: phones are where their owners are, consoles and the like on while somebody uses them. */
function isWanted(
  home: number,
  { index, kind, network }: HomeDevice,
  moment: Moment,
  blockedFor: number,
): boolean {
  if (network === 'guest' || kind.presence === 'resident' || kind.owner === undefined) return true;
  if (kind.presence === 'mobile') return isAtHome(home, kind.owner, moment);
  return blockedFor < PATIENCE.console && isInUse(home, kind.owner, index, moment);
}

function isChildsPhone({ kind, isOnline }: HomeDevice): boolean {
  const isChilds = kind.owner !== undefined && FAMILY[kind.owner]?.isChild === true;
  return isOnline && isChilds && kind.oui === null;
}

/** It leaves with the one MAC, and comes with the other, at the same addresses. */
function changeMac(device: HomeDevice, mac: string): Neighbour[] {
  const gone = neighboursOf({ ...device, isOnline: false });
  device.mac = mac;
  return [...gone, ...neighboursOf(device)];
}
