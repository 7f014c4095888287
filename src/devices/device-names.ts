/** What a host name says of its device, and how people would write it. */

/** What routers of homes append to a name. */
const DOMAIN =
  /\.(?:fritz\.box|speedport\.ip|home\.arpa|localdomain|lan|local|home|internal|intern)\.?$/i;

export function withoutDomain(hostname: string): string {
  return hostname.replace(DOMAIN, '');
}

/** Two of these are the same name. */
export function normaliseName(hostname: string): string {
  return withoutDomain(hostname)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s_'’-]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Words of products, and of what says that something is unknown. */
const PRODUCT =
  /^(?:iphone|ipad|ipod|macbook|imac|mac|apple|watch|tv|galaxy|samsung|note|ultra|plus|pixel|google|fold|flip|pro|max|mini|air|lite|fe|se|xl|edge|neo|tab|redmi|xiaomi|mi|poco|oneplus|nord|moto|motorola|huawei|honor|mate|nova|nokia|xperia|sony|fairphone|oppo|find|reno|vivo|realme|nothing|phone|smartphone|handy|tablet|laptop|notebook|desktop|pc|computer|rechner|android|linux|ubuntu|debian|fedora|windows|chromebook|localhost|unknown|unbekannt|none|null|device|geraet|gerät|host|new|client|wlan|wifi|5g|4g|lte|[a-z]{0,3}\d{1,4}[a-z]{0,2})$/;

/** What machines make up: a word of a product and a number, or the number alone. */
const MADE_UP =
  /^(?:android-[0-9a-f]{8,}|(?:desktop|laptop|win|minint)-[0-9a-z]{5,}|(?:esp|hp|npi|br[wn]|epson|canon|km|amazon|tasmota|shelly[a-z0-9-]*)[_-]?[0-9a-f]{6,}|[0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|\d+(?:[.-]\d+){3}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[*?-]*)$/i;

/**
 * How much a name says of which device it is: `own`: it is hardly anybody else's ("Annas-iPhone", "DESKTOP-4K2R7QX"); `model`: every
 * device of a kind has it ("Galaxy-S23"); `none`: it says nothing ("iPhone", "android-3f…").
 */
export function distinctnessOf(hostname: string | null): 'own' | 'model' | 'none' {
  const name = hostname === null ? '' : normaliseName(hostname);
  if (name === '' || name.startsWith('android-')) return 'none';
  if (/^(?:desktop|laptop|win)-(?=[0-9a-z]*\d)[0-9a-z]{6,}$/.test(name)) return 'own';
  if (MADE_UP.test(name)) return 'none';
  const words = name.split('-');
  if (!words.every((each) => PRODUCT.test(each))) return 'own';
  // One word is what very many have.
  return words.length > 1 && /\d/.test(name) ? 'model' : 'none';
}

/** How people would write a name; null if it is made up, or says nothing. */
export function guessName(hostname: string | null): string | null {
  if (hostname === null) return null;
  const name = withoutDomain(hostname.replaceAll(/[\p{C}\ufffd]/gu, '')).trim();
  if (
    MADE_UP.test(name) ||
    /^(?:localhost|unknown|unbekannt|none|null|device|host|client)$/i.test(name)
  )
    return null;
  const text = name
    // A number of its own at the end: PS5-483, RingDoorbell-3F.
    .replace(/(?<=[a-z0-9]{3})[_-](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f\d])[0-9a-f]{2,12}$/i, (found) =>
      isModelNumber(found.slice(1)) ? found : '',
    )
    .replaceAll(/[\s_-]+/g, ' ')
    .replaceAll(/(?<=\p{L}) s (?=\p{L})/gu, "'s ")
    .trim();
  return text === '' ? null : text;
}

/** S23, A54, 15, 8: of a model, and not of the one device. */
function isModelNumber(text: string): boolean {
  return /^(?:[a-z]\d{1,2}|\d{1,2})$/i.test(text);
}
