import type { SameShape } from '../shape.ts';
import type { device as english } from '../en/device.ts';

export const device: SameShape<typeof english> = {
  facts: 'Was es ist',
  noType: 'Nicht gesagt',
  mac: 'MAC-Adresse',
  random: 'Zufällige MAC',
  randomHint: 'Vom Gerät ausgedacht: Morgen kann es eine andere haben.',
  hostname: 'Nennt sich',
  firstSeen: 'Zuerst gesehen',
  addresses: 'Adressen',
  now: 'Jetzt',
  until: 'bis',
  blocks: 'Sperren',
  noBlocks: 'Es war nie gesperrt.',
  presence: 'Wann es online war',
  noPresence: 'Es war noch nicht online zu sehen.',
  timeline: 'Online in den letzten {days} Tagen; dasselbe als Liste darunter',
  asList: 'Als Liste',
  stillOnline: 'noch online',
  merging: 'Dasselbe Gerät',
  mergingHint:
    'Ein Laptop mit zwei Netzwerkkarten, ein Telefon mit neuer Zufalls-MAC: Name, Verlauf, Listen und Sperren gelten dann für alle seine MACs.',
  merge: 'Das ist auch …',
  unmerge: 'Trennen',
  unmergeOne: '{name} trennen',
  mergedDone: 'Es ist jetzt ein Gerät: {name}.',
  unmergedDone: 'Es ist wieder ein eigenes Gerät.',
  events: 'Was geschah',
  noEvents: 'Noch nichts.',
};
