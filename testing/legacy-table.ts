/** FORMAT.md, "What a correct import gives": the same by the program, the API and the page. */
import type { Database } from '../src/database/pool.ts';
import { rowsOf } from './data-folder.ts';

const MBIT = 1_000_000;

/** Rates in Mbit/s; without rates of its own a folder leaves ours as they are. */
type Rates = { wl: number; wf: number | null; bl: number; bf: number | null };
const DEFAULT_RATES: Rates = { wl: 50, wf: null, bl: 50, bf: null };

type Line = readonly [
  folder: string,
  devices: number,
  router: string | null,
  blocks: number,
  whitelist: number,
  blacklist: number,
  mode: string,
  rates: Rates,
];

export const LEGACY_TABLE: readonly Line[] = [
  ['2025-03-sqlite-by-mac', 2, null, 1, 0, 0, 'none', DEFAULT_RATES],
  ['2025-04-sqlite', 7, null, 1, 0, 0, 'none', DEFAULT_RATES],
  ['2025-05-tinydb-rules', 10, '192.168.1.1', 0, 0, 0, 'whitelist', DEFAULT_RATES],
  ['2025-05-tinydb', 8, '192.168.1.1', 1, 0, 0, 'whitelist', DEFAULT_RATES],
  ['2025-05-mode-only', 7, null, 0, 0, 0, 'whitelist', { wl: 50, wf: 1000, bl: 50, bf: 1000 }],
  ['2025-05-split', 10, '192.168.1.1', 0, 0, 0, 'none', { wl: 50, wf: 1000, bl: 50, bf: 1000 }],
  ['2025-05-lists', 5, '192.168.1.1', 0, 1, 1, 'none', { wl: 50, wf: 1000, bl: 50, bf: 1000 }],
  [
    '2025-06-split-rates',
    14,
    '192.168.1.1',
    0,
    0,
    0,
    'none',
    { wl: 100, wf: 1000, bl: 70, bf: 1000 },
  ],
  ['2025-06-split', 10, '192.168.1.1', 0, 0, 0, 'none', { wl: 90, wf: 1000, bl: 60, bf: 1000 }],
];

/** What is in the database once that folder is imported, as `readImported` gives it. */
export function expectedOf([
  ,
  devices,
  router,
  blocks,
  whitelist,
  blacklist,
  mode,
  rates,
]: Line): object[] {
  const bits = Object.entries(rates).map(([name, rate]) => [
    name,
    rate === null ? null : rate * MBIT,
  ]);
  return [{ devices, router, blocks, whitelist, blacklist, mode, ...Object.fromEntries(bits) }];
}

export function readImported(database: Database, userId: string): Promise<object[]> {
  return rowsOf(
    database,
    userId,
    `select
      (select count(*)::int from user_devices) as devices,
      (select string_agg(host(ip), ', ') from user_devices where is_router) as router,
      (select count(*)::int from user_blocked_devices where is_active) as blocks,
      (select count(*)::int from user_whitelists) as whitelist,
      (select count(*)::int from user_blacklists) as blacklist,
      mode, whitelist_limit_rate as wl, whitelist_full_rate as wf, blacklist_limit_rate as bl, blacklist_full_rate as bf
      from router_policies`,
  );
}
