import type { SameShape } from '../shape.ts';
import type { child as englishChild, invitation as english } from '../en/invitation.ts';

export const invitation: SameShape<typeof english> = {
  title: 'Du bist eingeladen',
  text: '{owner} lädt dich in das Zuhause „{home}“ ein.',
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
  mixed: 'Nicht alle deine Geräte haben Internet.',
  devices: 'Meine Geräte',
  unnamed: 'Ein Gerät',
  noDevices: 'Dir gehört noch kein Gerät.',
  ask: 'Um mehr Zeit bitten',
  askFor: 'Wie lange?',
  message: 'Warum? (wenn du magst)',
  send: 'Bitten',
  asked: 'Du hast gefragt. Jetzt warte auf die Antwort.',
};
