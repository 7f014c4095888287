import type { SameShape } from '../shape.ts';
import type { device as english } from '../en/device.ts';

export const device: SameShape<typeof english> = {
  facts: 'Details',
  noType: 'Nicht festgelegt',
  mac: 'MAC-Adresse',
  random: 'Private Adresse',
  randomHint: 'Das Gerät wechselt seine MAC-Adresse von Zeit zu Zeit.',
  hostname: 'Eigener Name',
  firstSeen: 'Zuerst gesehen',
  addresses: 'Adressen',
  now: 'Jetzt',
  until: 'bis',
  blocks: 'Sperren',
  noBlocks: 'Noch nie gesperrt.',
  presence: 'Online-Zeiten',
  noPresence: 'War noch nicht online.',
  timeline: 'Online-Zeiten der letzten {days} Tage; darunter auch als Liste',
  asList: 'Als Liste anzeigen',
  stillOnline: 'noch online',
  merging: 'Doppelte Einträge',
  mergingHint:
    'Steht ein Gerät zweimal in der Liste, weil es zwei Netzwerkkarten oder eine neue private Adresse hat? Führ die Einträge zusammen: Name, Verlauf, Listen und Sperren gelten dann für alle seine MAC-Adressen.',
  merge: 'Doppelten Eintrag wählen',
  unmerge: 'Trennen',
  unmergeOne: '{name} trennen',
  mergedDone: 'Mit {name} zusammengeführt.',
  unmergedDone: 'Wieder getrennt.',
  events: 'Verlauf',
  noEvents: 'Noch nichts.',
};
