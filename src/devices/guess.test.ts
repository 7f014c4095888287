import { describe, expect, test } from 'vitest';
import { KINDS } from '../simulator/kinds.ts';
import { type GuessFacts, guessType } from './guess.ts';
import { manufacturers } from './manufacturer.ts';

const UNKNOWN: GuessFacts = {
  device_name: null,
  device_type: null,
  hostname: null,
  manufacturer: null,
  has_random_mac: false,
  is_router: false,
};
const typeOf = (facts: Partial<GuessFacts>) => guessType({ ...UNKNOWN, ...facts })?.type ?? null;

describe('by the name that it reports, a device is likely', () => {
  test.each([
    ['phone', 'iPhone Annas-iPhone Sams-phone Sam-s-phone Carlos-iPhone Alexanders-iPhone'],
    ['phone', 'Pixel-7-Pro Pixel-8 Galaxy-S23 h-Kim-sl-S23 A54-von-Anna S24-Ultra-von-Tim'],
    [
      'phone',
      'Redmi-Note-12 android-3f2a9c1b7d5e0846 Fairphone-5 HUAWEI_P30_Pro moto-g54 SM-A546B',
    ],
    ['phone', 'Tims-Handy Firmenhandy Diensttelefon HONOR-90 Jonas-iPhone.fritz.box'],
    ['tablet', 'iPad Annas-iPad-2 Galaxy-Tab-S9 Kinder-Tablet Tab-A8-von-Mia kindle-1f2e3d4c5'],
    ['laptop', 'Annes-MacBook-Pro LAPTOP-3F2A1B ThinkPad-X1 Notebook-Papa Tims-MBP chromebook-4d'],
    [
      'desktop',
      'DESKTOP-4K2R7QX DESKTOP-K7RQXWP Timos-iMac Gaming-PC Buero-PC Papas-Rechner TIMSPC',
    ],
    ['watch', 'Apple-Watch Annas-Apple-Watch Galaxy-Watch6 Garmin-Venu Uhr-Tim'],
    [
      'tv',
      'LGwebOSTV Samsung Chromecast Roku-Streaming-Stick Wohnzimmer-TV Fernseher BRAVIA-XR Apple-TV Wohnzimmer-AppleTV.local AFTKA fire-tv-stick TizenTV Sky-Q',
    ],
    [
      'console',
      'PS5-483 PS5-3F2A PS4 Xbox-SystemOS XBOXONE Nintendo-Switch Tims-Switch steamdeck Spielkonsole Meta-Quest-3',
    ],
    [
      'camera',
      'RingDoorbell-3F Reolink-E1 IPC_1234 Babyphone Haustuer-Kamera Gartencam-Kamera cam01 Türklingel arlo-base eufyCam-2',
    ],
    [
      'printer',
      'HP846993 HPA1B2C3 NPI3F2A1C BRW30055C1A2B3C BRN001BA9123456 EPSON3F2A1C Canon-TS5300 HP-OfficeJet-Pro-9010 Drucker MFC-L2710DW DCP-L2530DW',
    ],
    [
      'speaker',
      'SonosZP HomePod-Küche Echo-Dot amazon-echo Google-Home-Mini Nest-Audio Küchenradio Soundbar Toniebox Lautsprecher-Bad BOSE-SoundTouch-10',
    ],
    [
      'server',
      'DiskStation raspberrypi NAS truenas homeassistant pi-hole proxmox DS220 Heimserver',
    ],
    [
      'smart_home',
      'Philips-hue ESP_3F2A1C esp32-wohnzimmer esphome-garage Tapo_Plug_3F2A shellyplus1pm-3f2a1c tasmota-3F2A1C WLED-Regal Saugroboter Roborock-S7 Waschmaschine Wallbox Heizung-Keller tado-bridge homematic-ccu3 Stehlampe Steckdose-Flur wlan-steckdose-2',
    ],
    ['router', 'OpenWrt Router fritz.box FRITZ-Repeater-1200 Speedport_W_724V Archer-C7'],
  ])('a %s: %s', (type, hostnames) => {
    for (const hostname of hostnames.split(' '))
      expect({ hostname, type: typeOf({ hostname }) }).toEqual({ hostname, type });
  });

  test('nothing, if it only sounds so', () => {
    const names =
      'Unknown localhost yes Anna Samba Jonas Carlos Alexander Luise Ringo Echolot TL-SG108-Switch Complex Solaris Pia decoder * ';
    for (const hostname of names.split(' '))
      expect({ hostname, type: typeOf({ hostname }) }).toEqual({ hostname, type: null });
  });
});

describe('by its maker, a device is likely', () => {
  test.each([
    ['console', 'Nintendo Co.,Ltd | Sony Interactive Entertainment Inc. | Valve Corporation'],
    ['speaker', 'Sonos, Inc. | Bose Corporation'],
    [
      'tv',
      'Roku, Inc | Vizio, Inc | Loewe Opta GmbH | TechniSat Digital GmbH Daun | HISENSE VISUAL TECHNOLOGY CO.,LTD',
    ],
    [
      'printer',
      'Brother Industries, LTD. | Seiko Epson Corporation | CANON INC. | LEXMARK INTERNATIONAL, INC.',
    ],
    [
      'camera',
      'Hangzhou Hikvision Digital Technology Co.,Ltd. | Reolink Innovation Limited | Ring LLC | INSTAR Deutschland GmbH',
    ],
    ['server', 'Synology Incorporated | QNAP Systems, Inc. | Raspberry Pi Trading Ltd'],
    [
      'router',
      'AVM GmbH | AVM Audiovisuelles Marketing und Computersysteme GmbH | Ubiquiti Inc | devolo AG',
    ],
    [
      'smart_home',
      'Espressif Inc. | Tuya Smart Inc. | Signify B.V. | eQ-3 Entwicklung GmbH | tado GmbH | Miele & Cie. KG | BSH Hausgeräte GmbH | IKEA of Sweden AB',
    ],
    [
      'phone',
      'GUANGDONG OPPO MOBILE TELECOMMUNICATIONS CORP.,LTD | Huawei Device Co., Ltd. | FairPhone B.V.',
    ],
    ['watch', 'Garmin International | Fitbit, Inc.'],
    ['desktop', 'GIGA-BYTE TECHNOLOGY CO.,LTD. | ASRock Incorporation'],
    // They make everything.
    [
      null,
      'Apple, Inc. | Samsung Electronics Co.,Ltd | Google, Inc. | Amazon Technologies Inc. | Intel Corporate | RingCube Technologies, Inc. | Robert Bosch GmbH',
    ],
  ])('a %s: %s', (type, makers) => {
    for (const manufacturer of makers.split(' | '))
      expect({ manufacturer, type: typeOf({ manufacturer }) }).toEqual({ manufacturer, type });
  });

  test('a phone, if it hides its maker and says nothing at all', () => {
    expect(guessType({ ...UNKNOWN, has_random_mac: true })).toEqual({
      type: 'phone',
      reason: 'random_mac',
      evidence: null,
    });
    expect(typeOf({ has_random_mac: true, hostname: 'yes' })).toBeNull();
  });
});

describe('a guess', () => {
  test('says what it is from, and a name says more than a maker', () => {
    const printer = { hostname: 'Drucker', manufacturer: 'Raspberry Pi Trading Ltd' };
    expect(guessType({ ...UNKNOWN, ...printer })).toEqual({
      type: 'printer',
      reason: 'hostname',
      evidence: 'Drucker',
    });
    expect(guessType({ ...UNKNOWN, ...printer, device_name: 'Heizung' })).toEqual({
      type: 'smart_home',
      reason: 'device_name',
      evidence: 'Heizung',
    });
    expect(guessType({ ...UNKNOWN, manufacturer: 'Sonos, Inc.' })).toEqual({
      type: 'speaker',
      reason: 'manufacturer',
      evidence: 'Sonos, Inc.',
    });
  });

  test('is not made of what a person has said, nor of the router itself', () => {
    expect(typeOf({ hostname: 'Drucker', device_type: 'lamp' })).toBeNull();
    expect(typeOf({ hostname: 'OpenWrt', is_router: true })).toBeNull();
  });

  test('takes no time for a name that is made to take it', () => {
    const hostname = `${'tv-'.repeat(60)}${'s'.repeat(75)}`;
    expect(typeOf({ hostname })).toBe('tv');
    expect(typeOf({ hostname: 'ss-'.repeat(85) })).toBeNull();
  });

  test('is right for all that simulated homes have, but for what hides itself', async () => {
    const makerOf = await manufacturers();
    const guesses = KINDS.map(({ hostname, oui }) => {
      const mac = `${(oui ?? '02aabb').replaceAll(/..(?=.)/g, '$&:')}:11:22:33`.toLowerCase();
      return typeOf({
        hostname: hostname?.replaceAll('#', 'A') ?? null,
        manufacturer: makerOf(mac),
        has_random_mac: oui === null,
      });
    });
    expect(guesses.map(String).toSorted().join(' ')).toBe(
      'camera console console desktop laptop laptop null phone phone phone phone printer printer server server smart_home smart_home smart_home speaker tablet tv tv tv tv',
    );
  });
});
