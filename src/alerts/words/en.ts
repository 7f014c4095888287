import type { AlertFacts } from '../alerts-of.ts';
import { wordsOfItem } from './items.ts';
import {
  type Texts,
  bytes,
  clock as clockIn,
  deviceOf,
  duration as durationIn,
  evidence as evidenceOf,
  lines,
  list as listOf,
  routerOf,
} from './parts.ts';

const clock = (at: string | undefined, zone: string) => clockIn(at, 'en', zone);
const duration = (seconds?: number) => durationIn(seconds, ['min', 'h', 'days']);
const more = (left: number) => ` and ${left} more`;
const list = (facts: Pick<AlertFacts, 'count' | 'names'>) => listOf(facts, more);
const evidence = (facts: AlertFacts) => evidenceOf(facts, 'random MAC');
const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
const probably = ({ device }: AlertFacts) =>
  device?.same_as ? ` It is probably ${device.same_as.name}, under a new MAC.` : '';

export const EN: Texts = {
  new_device: (facts) =>
    facts.device === undefined
      ? { title: `${facts.count} new devices`, text: list(facts) }
      : {
          title: `New device: ${facts.device.name}`,
          text: `${facts.device.name}${evidence(facts)} is in your network for the first time.${probably(facts)}`,
        },
  quarantine: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} new devices wait for you`,
          text: `They have no internet until you allow them: ${list(facts)}`,
        }
      : {
          title: `${facts.device.name} wants to join`,
          text: `${facts.device.name}${evidence(facts)} is new and has no internet until you allow it.${probably(facts)}`,
        },
  router_away: (facts, zone) => ({
    title: `${routerOf(facts)} is away`,
    text: `${routerOf(facts)} has not been connected to NetPilot since ${clock(facts.since, zone)}: it is off, or its internet is down. Its rules go on.`,
  }),
  router_back: (facts, zone) => ({
    title: `${routerOf(facts)} is back, after ${duration(facts.seconds)}`,
    text: `${routerOf(facts)} is connected again. It was away from ${clock(facts.since, zone)} on, for ${duration(facts.seconds)}.`,
  }),
  internet_down: (facts, zone) => ({
    title: `${routerOf(facts)} has no internet`,
    text: `${routerOf(facts)} is connected to NetPilot, but nothing on the internet has answered it since ${clock(facts.since, zone)}. Your provider may have an outage.`,
  }),
  internet_back: (facts, zone) => ({
    title: `${routerOf(facts)} has internet again, after ${duration(facts.seconds)}`,
    text: `The internet answers ${routerOf(facts)} again. It was down from ${clock(facts.since, zone)} on, for ${duration(facts.seconds)}.`,
  }),
  access_asked: ({ person, minutes, message }) => ({
    title: `${person?.name} asks for ${minutes} minutes`,
    text: message ?? `${person?.name} would like ${minutes} more minutes of internet.`,
  }),
  access_answered: ({ answer, minutes, effect }) =>
    answer === 'granted'
      ? {
          title: `You have ${minutes} more minutes`,
          text:
            effect === 'all'
              ? 'They have begun.'
              : 'They have begun, but something else still keeps you offline: NetPilot shows what.',
        }
      : { title: 'Not this time', text: 'You asked for more time. The answer is no.' },
  change_waits: (facts) => ({
    title: `${routerOf(facts)} does not apply your changes`,
    text: `A change from ${duration(facts.seconds)} ago still waits, although the router is connected. What held before goes on. NetPilot shows why.`,
  }),
  device_came: (facts, zone) => ({
    title: `${deviceOf(facts)} is home`,
    text: `${deviceOf(facts)} came into your network: ${clock(facts.since, zone)}.`,
  }),
  device_left: (facts, zone) => ({
    title: `${deviceOf(facts)} has left`,
    text: `${deviceOf(facts)} was last in your network: ${clock(facts.since, zone)}.`,
  }),
  weekly_digest: ({ week }) => ({
    title: 'The week at home',
    text: week === undefined ? '' : tellWeek(week).join('\n'),
  }),
  quiet_digest: ({ count = 0, alerts = [] }, zone) => ({
    title: `In your quiet hours: ${count} ${count === 1 ? 'alert' : 'alerts'}`,
    text: lines(
      alerts,
      (each) => `${clock(each.timestamp, zone)}: ${wordsOfItem(each, EN, zone)?.title}`,
      (left) => `… and ${left} more`,
    ),
  }),
  test: () => ({ title: 'A test from NetPilot', text: 'It works: alerts arrive here.' }),
};

function tellWeek({ new_devices, most_used, outages, blocked }: NonNullable<AlertFacts['week']>) {
  const { away, internet_down } = outages;
  const down = [
    ...(away.count > 0 ? [`away ${times(away.count)}, for ${duration(away.seconds)}`] : []),
    ...(internet_down.count > 0
      ? [`no internet ${times(internet_down.count)}, for ${duration(internet_down.seconds)}`]
      : []),
  ];
  return [
    `New devices: ${new_devices.count === 0 ? 'none' : list(new_devices)}`,
    ...(most_used.length === 0
      ? []
      : [
          `Used most: ${most_used.map(({ name, bytes: used }) => `${name} ${bytes(used, 'en')}`).join(', ')}`,
        ]),
    `Outages: ${down.length === 0 ? 'none' : down.join('; ')}`,
    `Blocked: ${blocked.count === 0 ? 'nothing' : list(blocked)}`,
  ];
}
