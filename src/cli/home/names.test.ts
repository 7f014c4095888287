import { describe, expect, test } from 'vitest';
import { type Named, findNamed } from './names.ts';

const device = (ip: string, mac: string, ...names: string[]): Named => ({
  names,
  keys: [ip, mac],
  description: `"${names[0] ?? ip}" (${ip})`,
});
const DEVICES = [
  device('192.168.1.10', '02:00:00:00:00:10', 'Tim’s PS5', 'PS5-594F'),
  device('192.168.1.11', '02:00:00:00:00:11', 'Zoë', 'iPhone'),
  device('192.168.1.12', '02:00:00:00:00:12', 'Philips-hue'),
  device('192.168.1.13', '02:00:00:00:00:13', 'Philips-hue'),
  device('192.168.1.14', '02:00:00:00:00:14', 'Living room TV'),
  device('192.168.1.15', '02:00:00:00:00:15', 'Living room'),
  device('fd00::1', '02:00:00:00:00:16', 'Große Kiste'),
];
const find = (text: string) =>
  findNamed(DEVICES, { field: 'device', text, what: 'device' }).description;

describe('a thing is found', () => {
  test.each([
    ['by its name', "tim's ps5", '"Tim’s PS5"'],
    ['by another of its names', 'ps5-594f', '"Tim’s PS5"'],
    ['by a word in it', 'PS5', '"Tim’s PS5"'],
    ['by the beginning of its name', 'tim', '"Tim’s PS5"'],
    ['without accents', 'zoe', '"Zoë"'],
    ['with ss for ß', 'grosse', '"Große Kiste"'],
    ['by the whole name before a longer one', 'living room', '"Living room"'],
    ['by a word that begins so', 'tv', '"Living room TV"'],
    ['by its address', '192.168.1.13', '"Philips-hue"'],
    ['by its IPv6 address in another spelling', 'FD00:0::1', '"Große Kiste"'],
    ['by its MAC in another spelling', '02-00-00-00-00-12', '"Philips-hue"'],
  ])('%s', (_how, text, name) => {
    expect(find(text)).toContain(name);
  });
});

test('several candidates are listed, with what tells them apart', () => {
  expect(() => find('hue')).toThrow(
    'device: expected one device, and this can be "Philips-hue" (192.168.1.12); "Philips-hue" (192.168.1.13), got "hue"',
  );
  expect(() => find('living')).toThrow(/"Living room TV" .*; "Living room" /);
});

test('a long list of candidates is cut', () => {
  const many = Array.from({ length: 30 }, (_, n) => device(`10.0.0.${n}`, '', `phone ${n}`));
  expect(() => findNamed(many, { field: 'device', text: 'phone', what: 'device' })).toThrow(
    /; and 20 more, got "phone"$/,
  );
});

test.each(['xbox', '', '  ', 'ing', '192.168.1.1', "'", '.*'])('nothing is called %j', (text) => {
  expect(() => find(text)).toThrow(`There is no device ${JSON.stringify(text)}.`);
});
