import { Circle } from 'lucide-react';
import { expect, test } from 'vitest';
import type { Command } from '../shell/commands.ts';
import { matching } from './match.ts';

const command = (text: string, words = ''): Command => ({
  id: text,
  text,
  words,
  icon: Circle,
  run: () => undefined,
});

const COMMANDS = [
  command('Devices'),
  command('Living room TV', '192.168.8.20 Samsung'),
  command('Block Living room TV'),
  command('Müllers Tablet'),
  command('Pause Tim'),
  command('TV of Tim'),
];
const textsFor = (query: string, most = 10) =>
  matching(COMMANDS, query, most).map(({ text }) => text);

test('what begins with the query comes first, then what has a word that does', () => {
  expect(textsFor('tv')).toEqual(['TV of Tim', 'Living room TV', 'Block Living room TV']);
  expect(textsFor('block tv')).toEqual(['Block Living room TV']);
});

test('other words find it too, but later; marks and capitals do not matter', () => {
  expect(textsFor('samsung')).toEqual(['Living room TV']);
  expect(textsFor('MULLER')).toEqual(['Müllers Tablet']);
  expect(textsFor('mü')).toEqual(['Müllers Tablet']);
});

test('without a query all are there, as many as there is room for', () => {
  expect(textsFor(' ', 2)).toEqual(['Devices', 'Living room TV']);
  expect(textsFor('nothing of that name')).toEqual([]);
});
