/** What an alert says, in the language of the channel. Pure. */
import type { Alert, AlertAction, AlertFacts } from './alerts-of.ts';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Words = { title: string; text: string };

/** The stored name of a language; English, if another version of the program knew more. */
export function languageOf(name: string): Language {
  return LANGUAGES.find((language) => language === name) ?? 'en';
}

/** Title and text, plain. @param home what the home is called */
export function wordsOf({ kind, facts }: Pick<Alert, 'kind' | 'facts'>, language: Language): Words {
  return TEXTS[language][kind](facts);
}

/** What stands on a button. */
export function labelOf(action: AlertAction, language: Language): string {
  return LABELS[language][action.action]('minutes' in action ? action.minutes : 0);
}

type Texts = Record<Alert['kind'], (facts: AlertFacts) => Words>;

const routerOf = ({ router }: AlertFacts) => router?.name ?? '';

/** "hall-tv (TP-Link, 9a:8d:…)": what is known of a device beside its name. */
function evidence({ device }: AlertFacts, random: string): string {
  if (device === undefined) return '';
  const { name, mac, manufacturer, has_random_mac } = device;
  const known = [manufacturer, mac === name ? null : mac, has_random_mac ? random : null];
  const shown = known.filter((each) => each !== null);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

const list = ({ count = 0, names = [] }: AlertFacts, more: (left: number) => string) =>
  names.slice(0, 8).join(', ') + (count > 8 ? more(count - 8) : '');

const EN: Texts = {
  new_device: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} new devices`,
          text: list(facts, (left) => ` and ${left} more`),
        }
      : {
          title: `New device: ${facts.device.name}`,
          text:
            `${facts.device.name}${evidence(facts, 'random MAC')} is in your network for the first time.` +
            (facts.device.same_as === null
              ? ''
              : ` It is probably ${facts.device.same_as.name}, under a new MAC.`),
        },
  quarantine: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} new devices wait for you`,
          text: `They have no internet until you allow them: ${list(facts, (left) => ` and ${left} more`)}`,
        }
      : {
          title: `${facts.device.name} wants to join`,
          text:
            `${facts.device.name}${evidence(facts, 'random MAC')} is new and has no internet until you allow it.` +
            (facts.device.same_as === null
              ? ''
              : ` It is probably ${facts.device.same_as.name}, under a new MAC.`),
        },
  router_away: (facts) => ({
    title: `${routerOf(facts)} is away`,
    text: `${routerOf(facts)} has not been connected to NetPilot since ${clock(facts.since)} UTC: it is off, or its internet is down. Its rules go on.`,
  }),
  router_back: (facts) => ({
    title: `${routerOf(facts)} is back`,
    text: `${routerOf(facts)} is connected again, after ${duration(facts.seconds, EN_UNITS)}.`,
  }),
  access_asked: ({ person, minutes, message }) => ({
    title: `${person?.name} asks for ${minutes} minutes`,
    text: message ?? `${person?.name} would like ${minutes} more minutes of internet.`,
  }),
  change_waits: (facts) => ({
    title: `${routerOf(facts)} does not apply your changes`,
    text: `A change from ${duration(facts.seconds, EN_UNITS)} ago still waits, although the router is connected. What held before goes on. NetPilot shows why.`,
  }),
  test: () => ({ title: 'A test from NetPilot', text: 'It works: alerts arrive here.' }),
};

const DE: Texts = {
  new_device: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} neue Geräte`,
          text: list(facts, (left) => ` und ${left} weitere`),
        }
      : {
          title: `Neues Gerät: ${facts.device.name}`,
          text:
            `${facts.device.name}${evidence(facts, 'zufällige MAC')} ist zum ersten Mal in deinem Netz.` +
            (facts.device.same_as === null
              ? ''
              : ` Wahrscheinlich ist es ${facts.device.same_as.name} mit einer neuen MAC.`),
        },
  quarantine: (facts) =>
    facts.device === undefined
      ? {
          title: `${facts.count} neue Geräte warten auf dich`,
          text: `Sie haben kein Internet, bis du sie erlaubst: ${list(facts, (left) => ` und ${left} weitere`)}`,
        }
      : {
          title: `${facts.device.name} möchte ins Netz`,
          text:
            `${facts.device.name}${evidence(facts, 'zufällige MAC')} ist neu und hat kein Internet, bis du es erlaubst.` +
            (facts.device.same_as === null
              ? ''
              : ` Wahrscheinlich ist es ${facts.device.same_as.name} mit einer neuen MAC.`),
        },
  router_away: (facts) => ({
    title: `${routerOf(facts)} ist weg`,
    text: `${routerOf(facts)} ist seit ${clock(facts.since)} UTC nicht mit NetPilot verbunden: Entweder ist er aus, oder sein Internet ist ausgefallen. Seine Regeln gelten weiter.`,
  }),
  router_back: (facts) => ({
    title: `${routerOf(facts)} ist wieder da`,
    text: `${routerOf(facts)} ist wieder verbunden, nach ${duration(facts.seconds, DE_UNITS)}.`,
  }),
  access_asked: ({ person, minutes, message }) => ({
    title: `${person?.name} möchte ${minutes} Minuten`,
    text: message ?? `${person?.name} hätte gern noch ${minutes} Minuten Internet.`,
  }),
  change_waits: (facts) => ({
    title: `${routerOf(facts)} übernimmt deine Änderungen nicht`,
    text: `Eine Änderung wartet seit ${duration(facts.seconds, DE_UNITS)}, obwohl der Router verbunden ist. Bis dahin gilt, was vorher galt. NetPilot zeigt, woran es liegt.`,
  }),
  test: () => ({ title: 'Ein Test von NetPilot', text: 'Es klappt: Meldungen kommen hier an.' }),
};

const TEXTS: Record<Language, Texts> = { en: EN, de: DE };

type Labels = Record<AlertAction['action'], (minutes: number) => string>;
const LABELS: Record<Language, Labels> = {
  en: {
    approve: () => 'Allow',
    block: () => 'Block',
    pause: (minutes) => `Pause ${minutes} min`,
    grant: (minutes) => `Give ${minutes} min`,
  },
  de: {
    approve: () => 'Erlauben',
    block: () => 'Sperren',
    pause: (minutes) => `${minutes} Min. Pause`,
    grant: (minutes) => `${minutes} Min. geben`,
  },
};

const EN_UNITS = ['min', 'h', 'days'];
const DE_UNITS = ['Min.', 'Std.', 'Tagen'];

/** "7 min", "3 h 20 min", "2 days". */
function duration(seconds = 0, [minute = '', hour = '', day = '']: readonly string[]): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} ${minute}`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} ${day}`;
  return minutes % 60 === 0 ? `${hours} ${hour}` : `${hours} ${hour} ${minutes % 60} ${minute}`;
}

/** "2026-11-27 14:36". */
function clock(since = ''): string {
  return since.slice(0, 16).replace('T', ' ');
}
