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

const clock = (at: string | undefined, zone: string) => clockIn(at, 'de', zone);
const duration = (seconds?: number) => durationIn(seconds, ['Min.', 'Std.', 'Tage']);
/** After a preposition with the dative. */
const durationAfter = (seconds?: number) => durationIn(seconds, ['Min.', 'Std.', 'Tagen']);
const more = (left: number) => ` und ${left} weitere`;
const list = (facts: Pick<AlertFacts, 'count' | 'names'>) => listOf(facts, more);
const evidence = (facts: AlertFacts) => evidenceOf(facts, 'zufällige MAC');
const times = (count: number) => (count === 1 ? 'einmal' : `${count}-mal`);
const probably = ({ device }: AlertFacts) =>
  device?.same_as ? ` Wahrscheinlich ist es ${device.same_as.name} mit einer neuen MAC.` : '';

export const DE: Texts = {
  new_device: (facts) =>
    facts.device === undefined
      ? { title: `${facts.count} neue Geräte`, text: list(facts) }
      : {
          title: `Neues Gerät: ${facts.device.name}`,
          text: `${facts.device.name}${evidence(facts)} ist zum ersten Mal in deinem Netz.${probably(facts)}`,
        },
  quarantine: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} neue Geräte warten auf dich`,
          text: `Sie haben kein Internet, bis du sie erlaubst: ${list(facts)}`,
        }
      : {
          title: `${facts.device.name} möchte ins Netz`,
          text: `${facts.device.name}${evidence(facts)} ist neu und hat kein Internet, bis du es erlaubst.${probably(facts)}`,
        },
  router_away: (facts, zone) => ({
    title: `${routerOf(facts)} ist weg`,
    text: `${routerOf(facts)} ist seit ${clock(facts.since, zone)} nicht mit NetPilot verbunden: Entweder ist er aus, oder sein Internet ist ausgefallen. Seine Regeln gelten weiter.`,
  }),
  router_back: (facts, zone) => ({
    title: `${routerOf(facts)} ist wieder da, nach ${durationAfter(facts.seconds)}`,
    text: `${routerOf(facts)} ist wieder verbunden. Weg war er seit ${clock(facts.since, zone)}, ${duration(facts.seconds)} lang.`,
  }),
  internet_down: (facts, zone) => ({
    title: `${routerOf(facts)} hat kein Internet`,
    text: `${routerOf(facts)} ist mit NetPilot verbunden, aber seit ${clock(facts.since, zone)} antwortet ihm nichts im Internet. Vielleicht hat dein Anbieter eine Störung.`,
  }),
  internet_back: (facts, zone) => ({
    title: `${routerOf(facts)} hat wieder Internet, nach ${durationAfter(facts.seconds)}`,
    text: `${routerOf(facts)} kommt wieder ins Internet. Es fehlte seit ${clock(facts.since, zone)}, ${duration(facts.seconds)} lang.`,
  }),
  access_asked: ({ person, minutes, message }) => ({
    title: `${person?.name} möchte ${minutes} Minuten`,
    text: message ?? `${person?.name} hätte gern noch ${minutes} Minuten Internet.`,
  }),
  access_answered: ({ answer, minutes, effect }) =>
    answer === 'granted'
      ? {
          title: `Du hast noch ${minutes} Minuten`,
          text:
            effect === 'all'
              ? 'Sie laufen schon.'
              : 'Sie laufen schon, aber etwas anderes hält dich noch vom Internet fern: NetPilot zeigt, was.',
        }
      : { title: 'Diesmal nicht', text: 'Du hast um mehr Zeit gebeten. Die Antwort ist nein.' },
  change_waits: (facts) => ({
    title: `${routerOf(facts)} übernimmt deine Änderungen nicht`,
    text: `Eine Änderung wartet seit ${durationAfter(facts.seconds)}, obwohl der Router verbunden ist. Bis dahin gilt, was vorher galt. NetPilot zeigt, woran es liegt.`,
  }),
  device_came: (facts, zone) => ({
    title: `${deviceOf(facts)} ist da`,
    text: `${deviceOf(facts)} ist seit ${clock(facts.since, zone)} in deinem Netz.`,
  }),
  device_left: (facts, zone) => ({
    title: `${deviceOf(facts)} ist gegangen`,
    text: `${deviceOf(facts)} war zuletzt ${clock(facts.since, zone)} in deinem Netz.`,
  }),
  weekly_digest: ({ week }) => ({
    title: 'Die Woche zu Hause',
    text: week === undefined ? '' : tellWeek(week).join('\n'),
  }),
  quiet_digest: ({ count = 0, alerts = [] }, zone) => ({
    title: `In deiner Ruhezeit: ${count} ${count === 1 ? 'Meldung' : 'Meldungen'}`,
    text: lines(
      alerts,
      (each) => `${clock(each.timestamp, zone)}: ${wordsOfItem(each, DE, zone)?.title}`,
      (left) => `… und ${left} weitere`,
    ),
  }),
  test: () => ({ title: 'Ein Test von NetPilot', text: 'Es klappt: Meldungen kommen hier an.' }),
};

function tellWeek({ new_devices, most_used, outages, blocked }: NonNullable<AlertFacts['week']>) {
  const { away, internet_down } = outages;
  const down = [
    ...(away.count > 0 ? [`${times(away.count)} weg, ${duration(away.seconds)} lang`] : []),
    ...(internet_down.count > 0
      ? [`${times(internet_down.count)} kein Internet, ${duration(internet_down.seconds)} lang`]
      : []),
  ];
  return [
    `Neue Geräte: ${new_devices.count === 0 ? 'keine' : list(new_devices)}`,
    ...(most_used.length === 0
      ? []
      : [
          `Am meisten genutzt: ${most_used.map(({ name, bytes: used }) => `${name} ${bytes(used, 'de')}`).join(', ')}`,
        ]),
    `Ausfälle: ${down.length === 0 ? 'keine' : down.join('; ')}`,
    `Gesperrt: ${blocked.count === 0 ? 'nichts' : list(blocked)}`,
  ];
}
