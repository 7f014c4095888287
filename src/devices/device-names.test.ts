import { describe, expect, test } from 'vitest';
import { distinctnessOf, guessName, normaliseName } from './device-names.ts';

describe('a name as people would write it', () => {
  test.each([
    ['Annas-iPhone', 'Annas iPhone'],
    ['Sam-s-phone', "Sam's phone"],
    ['Annes-MacBook-Pro.local', 'Annes MacBook Pro'],
    ['Wohnzimmer_TV.fritz.box', 'Wohnzimmer TV'],
    ['Jürgens-iPad', 'Jürgens iPad'],
    ['Galaxy-S23', 'Galaxy S23'],
    ['Galaxy-A54', 'Galaxy A54'],
    ['iPhone-15', 'iPhone 15'],
    ['Redmi-Note-12', 'Redmi Note 12'],
    ['PS5-483', 'PS5'],
    ['RingDoorbell-3F', 'RingDoorbell'],
    ['Tapo_Plug_3F2A', 'Tapo Plug'],
    ['Kamera-01', 'Kamera 01'],
    ['h-Kim-sl-S23', 'h Kim sl S23'],
    ['Küche\u202e-Radio', 'Küche Radio'],
    ['DiskStation', 'DiskStation'],
    ['日本-iPhone', '日本 iPhone'],
  ])('%s is %s', (hostname, expected) => {
    expect(guessName(hostname)).toBe(expected);
  });

  test.each([
    'android-3f2a9c1b7d5e0846',
    'DESKTOP-4K2R7QX',
    'LAPTOP-3F2A1B',
    'ESP_3F2A1C',
    'BRW30055C1A2B3C',
    'HP846993',
    'amazon-3f2a1c9d8',
    'localhost',
    'Unknown',
    '*',
    '',
    '192-168-1-20',
    '3f:2a:1c:9d:8e:7f',
    '3f2a1c9d8e7f',
    '\ufffd\u0007',
  ])('%j is made up, or says nothing', (hostname) => {
    expect(guessName(hostname)).toBeNull();
  });
});

describe('a name', () => {
  test.each([
    [
      'own',
      'Annas-iPhone',
      'Sam-s-phone',
      'DESKTOP-4K2R7QX',
      'Wohnzimmer-TV',
      'h-Kim-sl-S23',
      'A54-von-Anna',
      'Tim',
    ],
    ['model', 'Galaxy-S23', 'Pixel-8', 'iPhone-15-Pro', 'Redmi-Note-12', 'moto-g54'],
    [
      'none',
      null,
      '',
      'iPhone',
      'iPad',
      'android-3f2a9c1b7d5e0846',
      'Android',
      'Galaxy',
      'localhost',
      'unknown',
      'phone',
      'Unknown-device',
      'MacBook-Pro',
      'ESP_3F2A1C',
      'PS5',
    ],
  ] as const)('says of which device it is: %s', (expected, ...hostnames) => {
    for (const hostname of hostnames)
      expect({ hostname, is: distinctnessOf(hostname) }).toEqual({ hostname, is: expected });
  });

  test('is the same in any spelling, and in any domain', () => {
    const spellings = [
      'Annas-iPhone',
      'annas iphone',
      'ANNAS_IPHONE.fritz.box',
      'Annas--iPhone.lan.',
    ];
    expect(new Set(spellings.map(normaliseName))).toEqual(new Set(['annas-iphone']));
  });
});
