/** What is found in homes. */
export type Kind = {
  /** What it says of itself to the DHCP server; null: nothing. `#` is a hexadecimal digit of its own. */
  hostname: string | null;
  /** The first half of its MAC, as its maker registered it; null: it makes one up, as phones do. */
  oui: string | null;
  /** `resident`: always there. `mobile`: leaves and comes back. `occasional`: on for a while. */
  presence: 'resident' | 'mobile' | 'occasional';
  hasIpv6: boolean;
  /** Whose it is, a place in FAMILY (family.ts); absent: the household's. */
  owner?: number;
  /** With a cable; absent: Wi-Fi. */
  isWired?: true;
};

const [ANNA, BEN, MIA, TIM] = [0, 1, 2, 3] as const;

/** In the order in which a home gets them: the first dozen is a family's. */
export const KINDS: readonly Kind[] = [
  { hostname: 'iPhone', oui: null, presence: 'mobile', hasIpv6: true, owner: ANNA },
  { hostname: 'Annes-MacBook-Pro', oui: '102959', presence: 'mobile', hasIpv6: true, owner: ANNA },
  { hostname: 'Galaxy-S23', oui: null, presence: 'mobile', hasIpv6: true, owner: MIA },
  { hostname: 'Samsung', oui: '103917', presence: 'occasional', hasIpv6: true, owner: BEN },
  {
    hostname: 'DESKTOP-####7Q2',
    oui: '182649',
    presence: 'occasional',
    hasIpv6: true,
    owner: BEN,
    isWired: true,
  },
  { hostname: 'Chromecast', oui: '203389', presence: 'resident', hasIpv6: true },
  { hostname: 'Philips-hue', oui: 'ECB5FA', presence: 'resident', hasIpv6: true },
  { hostname: 'HP######', oui: '846993', presence: 'resident', hasIpv6: true, isWired: true },
  { hostname: 'DiskStation', oui: '9009D0', presence: 'resident', hasIpv6: true, isWired: true },
  { hostname: 'iPad', oui: null, presence: 'mobile', hasIpv6: true, owner: TIM },
  {
    hostname: 'PS5-####',
    oui: '904748',
    presence: 'occasional',
    hasIpv6: false,
    owner: TIM,
    isWired: true,
  },
  { hostname: 'Pixel-8', oui: null, presence: 'mobile', hasIpv6: true, owner: BEN },
  { hostname: 'SonosZP', oui: '347E5C', presence: 'resident', hasIpv6: false },
  { hostname: 'ESP_######', oui: '146393', presence: 'resident', hasIpv6: false },
  { hostname: null, oui: '149138', presence: 'resident', hasIpv6: false },
  { hostname: 'raspberrypi', oui: '2CCF67', presence: 'resident', hasIpv6: true, isWired: true },
  { hostname: 'RingDoorbell-##', oui: '187F88', presence: 'resident', hasIpv6: false },
  {
    hostname: 'LGwebOSTV',
    oui: '201742',
    presence: 'occasional',
    hasIpv6: true,
    owner: ANNA,
    isWired: true,
  },
  {
    hostname: 'BRW############',
    oui: '30055C',
    presence: 'resident',
    hasIpv6: true,
    isWired: true,
  },
  { hostname: null, oui: '387035', presence: 'occasional', hasIpv6: false, owner: ANNA },
  { hostname: 'LAPTOP-####', oui: '106530', presence: 'mobile', hasIpv6: true, owner: MIA },
  { hostname: 'Tapo_Plug_####', oui: '186945', presence: 'resident', hasIpv6: false },
  {
    hostname: 'Roku-Streaming-Stick',
    oui: '105932',
    presence: 'occasional',
    hasIpv6: false,
    owner: MIA,
  },
  { hostname: 'Redmi-Note-12', oui: null, presence: 'mobile', hasIpv6: true, owner: TIM },
];
