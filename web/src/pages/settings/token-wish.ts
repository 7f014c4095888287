/** What a token may do, as people choose it: each includes those before it. */
export const LEVELS = ['read', 'control', 'manage', 'everything'] as const;
type Level = (typeof LEVELS)[number];

export const SCOPES_OF = {
  read: ['read'],
  control: ['read', 'control'],
  manage: ['read', 'control', 'manage'],
  everything: ['read', 'control', 'manage', 'account'],
} as const;

/** How long it works. */
export const DAYS = ['7', '30', '90', '366'] as const;

/** What a person wants a new token to be. */
export type TokenWish = {
  name: string;
  level: Level;
  /** A router's id, or `all`. */
  router: string;
  days: (typeof DAYS)[number];
};

export const FIRST_WISH: TokenWish = { name: '', level: 'read', router: 'all', days: '90' };

/** A wish that was kept as JSON; what is not one gives the first. */
export function parseWish(text: string): TokenWish {
  const wish: Partial<Record<keyof TokenWish, unknown>> = JSON.parse(text);
  const { name, router } = wish;
  return {
    name: typeof name === 'string' ? name : FIRST_WISH.name,
    level: LEVELS.find((level) => level === wish.level) ?? FIRST_WISH.level,
    router: typeof router === 'string' ? router : FIRST_WISH.router,
    days: DAYS.find((days) => days === wish.days) ?? FIRST_WISH.days,
  };
}
