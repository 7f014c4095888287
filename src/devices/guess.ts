/**
 * What a device may be, guessed from what it says of itself and from who made it. A guess is never stored: what people say of a
 * device is theirs, and a better table changes every guess at once.
 */

import { guessName, withoutDomain } from './device-names.ts';

/** The types that can be guessed; people may write any other text. */
export type GuessedType =
  | 'phone'
  | 'tablet'
  | 'laptop'
  | 'desktop'
  | 'watch'
  | 'tv'
  | 'console'
  | 'camera'
  | 'printer'
  | 'speaker'
  | 'server'
  | 'router'
  | 'smart_home';

/** What it was guessed from: the name that a person gave it, the one that it reports, who made it, or its random MAC. */
export const GUESS_REASONS = ['device_name', 'hostname', 'manufacturer', 'random_mac'] as const;

export type TypeGuess = {
  type: GuessedType;
  reason: (typeof GUESS_REASONS)[number];
  /** The text that says so; null for a random MAC. */
  evidence: string | null;
};

/** What is known of a device. */
export type GuessFacts = {
  device_name: string | null;
  device_type: string | null;
  hostname: string | null;
  manufacturer: string | null;
  has_random_mac: boolean;
  is_router: boolean;
};

type Rule = readonly [GuessedType, RegExp];

/** Anywhere in a name: names run together, as in `LGwebOSTV` or `Firmenhandy`. */
function within(texts: string): RegExp {
  return new RegExp(texts);
}

/** The same between what are not letters: people are called Carlos, Alexander and Jonas. */
function word(texts: string): RegExp {
  return new RegExp(`(?<![a-zäöüß])(?:${texts})(?![a-zäöüß])`);
}

/** By name. The first that matches counts: what is more special stands before what is more general. */
const BY_NAME: readonly Rule[] = [
  ['watch', within('watch|smartuhr|fitbit|garmin|forerunner')],
  ['watch', word('uhr|fenix|versa')],
  // These have the name of something else in their own.
  ['tv', within('apple-?tv|fire-?tv|android-?tv|google-?tv|mi-?box|^aft[a-z]{1,4}[0-9]*$')],
  ['tv', word('shield')],
  ['speaker', within('homepod|google-?home|nest-?(?:mini|audio|hub)|home-?mini')],
  ['speaker', word('alexa|echo(?:-?(?:dot|show|plus|pop|spot|studio|flex))?')],
  [
    'camera',
    within(
      'doorbell|t(?:ü|ue)rklingel|babyphone|baby-?cam|nest-?cam|ring-?(?:cam|stick|floodlight)',
    ),
  ],
  [
    'smart_home',
    within('philips-?hue|hue-?bridge|smart-?plug|steckdose|smart-?things|homematic|thermostat'),
  ],
  ['smart_home', word('ccu[23]|tapo-?plug')],
  [
    'printer',
    within(
      'printer|drucker|laserjet|officejet|deskjet|envy-?[0-9]|pixma|ecotank|scanner|imageclass',
    ),
  ],
  [
    'printer',
    /^(?:hp[0-9a-f]{6,}|np?i[0-9a-f]{6}|br[wn][0-9a-f]{12}|(?:epson|canon|km|et)-?[0-9a-f]{6,})$/,
  ],
  [
    'printer',
    word(
      'hp-?(?:mfp|color|smart-?tank)|mfc-?[a-z]?[0-9]+[a-z]*|dcp-?[a-z]?[0-9]+[a-z]*|epson|brother|kyocera|lexmark|canon',
    ),
  ],
  [
    'tv',
    within(
      'chromecast|roku|webos|bravia|smart-?tv|fernseher|tizen|viera|ambilight|sky-?q|dreambox|vu(?:solo|duo|uno|zero)',
    ),
  ],
  ['tv', /(?<![a-zäöüß])tv(?![a-z])|tv(?:-?[0-9]+)?$|^(?:samsung|lg)$/],
  ['console', within('playstation|xbox|nintendo|steam-?deck|konsole')],
  [
    'console',
    word('ps[2345](?:[ _-]?(?:pro|slim))?|psp|ps-?vita|wii-?u?|meta-?quest|quest-?[23]|oculus'),
  ],
  // Anna's; else it is what cables are plugged into.
  ['console', /^(?:[a-zäöüß]+s[ _-])?switch(?:[ _-]?(?:lite|oled|2))?$/],
  [
    'camera',
    within(
      'camera|kamera|webcam|ipcam|reolink|hikvision|dahua|foscam|ezviz|wyze-?cam|eufy-?cam|^ipc[_-]',
    ),
  ],
  ['camera', word('cam[0-9]*|blink|nvr|dvr|arlo|instar')],
  ['smart_home', /^esp(?:[_-]?(?:32|8266|home)|[_-][0-9a-f]{6})/],
  [
    'smart_home',
    within(
      'tasmota|shelly|sonoff|tuya|wled|meross|govee|nanoleaf|lifx|yeelight|switchbot|zigbee|tr(?:å|a)dfri|dirigera|netatmo|broadlink|roomba|roborock|deebot|automower',
    ),
  ],
  [
    'smart_home',
    within(
      'heizung|w(?:ä|ae)rmepumpe|wechselrichter|wallbox|lampe|light-?bulb|waschmaschine|trockner|sp(?:ü|ue)lmaschine|geschirrsp|k(?:ü|ue)hlschrank|backofen|kaffee|saugroboter|staubsauger|m(?:ä|ae)hroboter|rolll?aden|vacuum',
    ),
  ],
  [
    'smart_home',
    word(
      'licht|lamp|bulb|plug|sensor|hue|kasa|tapo|wiz|klingel|waage|solar|inverter|irobot|tado|nuki|dreame',
    ),
  ],
  [
    'speaker',
    within(
      'sonos|soundbar|soundtouch|lautsprecher|speaker|(?:web|internet|k(?:ü|ue)chen|bad)-?radio|musiccast|bluesound|squeezebox|toniebox',
    ),
  ],
  ['speaker', word('radio|bose|heos|denon|marantz|yamaha|jbl')],
  ['tablet', within('ipad|tablet|galaxy-?tab|mediapad|matepad|kindle|fire-?hd|surface-?go')],
  ['tablet', word('tab(?:-?[as][0-9]*)?|sm-[tx][0-9]{3}[a-z]?')],
  [
    'laptop',
    within(
      'macbook|laptop|notebook|thinkpad|chromebook|ideapad|zenbook|vivobook|elitebook|probook|klapprechner|surface',
    ),
  ],
  ['laptop', word('mbp|mba|yoga|latitude|xps-?1[357]')],
  ['desktop', within('imac|mac-?mini|mac-?studio|mac-?pro|desktop|rechner|workstation|optiplex')],
  ['desktop', /(?<![a-zäöüß])pc(?![a-z])|[a-zäöüß]pc$|^win-[0-9a-z]{11}$/],
  [
    'phone',
    within(
      'iphone|handy|smartphone|telefon|galaxy|pixel|redmi|oneplus|fairphone|huawei|xperia|nokia|motorola|realme|android|zenfone',
    ),
  ],
  [
    'phone',
    word(
      'phone|mi-?[0-9]+[a-z]?|honor|poco|oppo|vivo|moto-?[a-z]?[0-9]*|sm-[agns][0-9]{3}[a-z]*|cph[0-9]{4}|rmx[0-9]{4}',
    ),
  ],
  // Samsung and Huawei, whose names are often left out.
  ['phone', word('s[12][0-9](?:-?(?:ultra|plus|fe))?|a[0-9]{2}s?-von|p[2-6]0-(?:pro|lite)')],
  ['router', within('fritz|speedport|router|openwrt|repeater|access-?point|easybox|powerline')],
  ['router', word('archer|unifi|deco|orbi|eero|connect-?box')],
  [
    'server',
    within(
      'diskstation|synology|qnap|truenas|unraid|server|proxmox|raspberry|home-?assistant|pi-?hole|octopi|mycloud|nextcloud',
    ),
  ],
  ['server', word('nas|pi[0-9]?|rpi[0-9]?|esxi|pve|plex|docker|ds[0-9]{3,4}')],
];

/** By manufacturer, as the registry of the IEEE names them. Who makes many kinds of things is left out. */
const BY_MANUFACTURER: readonly Rule[] = [
  ['console', /^nintendo\b|^sony interactive|^valve corp|^oculus/],
  [
    'speaker',
    /^sonos\b|^bose corp|^denon\b|^bluesound|^yamaha corporation$|^bang & olufsen|^harman/,
  ],
  [
    'tv',
    /^roku\b|^vizio|^loewe\b|^metz-werke|^technisat|^sky uk|^humax|^tcl king|^hisense (visual|electric)|^qingdao hisense electronics|^panasonic (corporation avc|entertainment)|^tp vision|^dream multimedia/,
  ],
  [
    'printer',
    /^brother industries|^seiko epson|^lexmark|^xerox|^kyocera document|^ricoh|^canon inc/,
  ],
  [
    'camera',
    /hikvision|^zhejiang dahua|^reolink|^axis communications|^arlo\b|^ring (llc|solutions)|^blink by amazon|ezviz|^instar\b|^foscam|^wyze/,
  ],
  [
    'server',
    /^synology|^qnap|^asustor|^terramaster|^raspberry pi|^vmware|^proxmox|^western digital/,
  ],
  ['watch', /^garmin|^fitbit|^polar electro/],
  [
    'router',
    /^avm\b|^ubiquiti|^devolo|^lancom|^routerboard|^mikrotik|^gl technologies|^arcadyan|^sagemcom|^zyxel|^netgear|^eero/,
  ],
  [
    'smart_home',
    /^espressif|^tuya|^signify|^philips lighting|^shelly|^allterco|^eq-3|^tado|^netatmo|^nanoleaf|^lifx|^ledvance|^osram gmbh|^ikea|^nest labs|^meross|chengdu meross|^irobot|roborock|^ecovacs|^dyson|^miele|^bsh (haus|elec)|^robert bosch smart home|^husqvarna|^withings|^sonoff|^itead|^nuki|^ecobee/,
  ],
  [
    'phone',
    /^(guangdong )?oppo\b|^vivo mobile|^huawei device|^honor device|^oneplus|^fairphone|^hmd global|^nothing technology|^motorola mobility|^beijing xiaomi mobile|^lg electronics \(mobile/,
  ],
  ['desktop', /^giga-?byte tech|^asrock|^micro-star/],
];

/**
 * What a device is likely to be; null if nothing says so, or if a person has said it. A router that is not the one that reports
 * is a guess like any other.
 */
export function guessType(facts: GuessFacts): TypeGuess | null {
  const { device_name, device_type, hostname, manufacturer, has_random_mac, is_router } = facts;
  if (device_type !== null || is_router) return null;
  for (const [reason, text] of [
    ['device_name', device_name],
    ['hostname', hostname],
  ] as const) {
    const type = text === null ? undefined : find(BY_NAME, withoutDomain(text).toLowerCase());
    if (type !== undefined) return { type, reason, evidence: text };
  }
  const type =
    manufacturer === null ? undefined : find(BY_MANUFACTURER, manufacturer.toLowerCase());
  if (type !== undefined) return { type, reason: 'manufacturer', evidence: manufacturer };
  // Nearly everything that makes up a MAC and says nothing of itself is a phone.
  if (has_random_mac && hostname === null && device_name === null)
    return { type: 'phone', reason: 'random_mac', evidence: null };
  return null;
}

function find(table: readonly Rule[], text: string): GuessedType | undefined {
  return table.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What is guessed of a device as long as no person has said it. */
export type Guesses = { type_guess: TypeGuess | null; name_guess: string | null };

export function guess(facts: GuessFacts): Guesses {
  const { device_name, hostname, is_router } = facts;
  const isNamed = device_name !== null || is_router;
  return { type_guess: guessType(facts), name_guess: isNamed ? null : guessName(hostname) };
}
