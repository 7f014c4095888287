import type { SameShape } from '../shape.ts';
import type { child as englishChild, invitation as english } from '../en/invitation.ts';

export const invitation: SameShape<typeof english> = {
  title: 'Du bist eingeladen',
  text: '{owner} lädt dich in das Zuhause „{home}“ ein.',
  roles: {
    admin: 'Du bist dort Elternteil',
    viewer: 'Du siehst dort zu',
    child: 'Du bist dort ein Kind',
  },
  as: {
    admin: 'Du darfst dort alles, außer Rollen ändern und Router oder das Zuhause entfernen.',
    viewer: 'Du siehst dort alles und änderst nichts.',
    child: 'Du siehst dort, was für dich gilt, und darfst um mehr bitten.',
  },
  until: 'Die Einladung gilt bis',
  accept: 'Mitmachen',
  invalid: 'Diese Einladung funktioniert nicht',
  invalidHint: 'Sie wurde schon benutzt, zurückgezogen oder ist zu alt. Bitte um eine neue.',
  home: 'Zum Start',
};

export const child: SameShape<typeof englishChild> = {
  title: 'Mein Internet',
  allow: 'Du hast Internet.',
  limit: 'Dein Internet ist gerade langsamer.',
  block: 'Du hast gerade kein Internet.',
  someBlocked: 'Nicht alle deine Geräte haben Internet.',
  someSlow: 'Manche deiner Geräte sind gerade langsamer.',
  devices: 'Meine Geräte',
  unnamed: 'Ein Gerät',
  noDevices: 'Dir gehört noch kein Gerät.',
  ask: 'Um mehr Zeit bitten',
  askFor: 'Wie lange?',
  message: 'Warum? (wenn du magst)',
  asked: 'Du hast gefragt. Jetzt warte auf die Antwort.',
  states: {
    waiting: 'Noch hat niemand geantwortet',
    granted: 'Du hast {length} bekommen, bis {time}',
    over: 'Deine {length} sind vorbei',
    ended: 'Jemand hat deine {length} beendet',
    refused: 'Diesmal nicht',
  },
  askedAt: 'Du hast um {length} gebeten, {time}',
  answeredAt: 'Du hast um {length} gebeten. {name} hat geantwortet, {time}',
  helpsNone:
    'Deine Geräte sind trotzdem gesperrt, warum steht unten. Sprich mit dem, der Ja gesagt hat.',
  helpsSome: 'Nicht auf allen deinen Geräten, warum steht unten.',
  askAgain: 'Du kannst in {count, plural, one {# Minute} other {# Minuten}} wieder fragen.',
};
