import { describe, expect, test } from 'vitest';
import { OPEN_MODE, RULE } from '../../testing/access-rule.ts';
import type { HomeRows, LoadedDevice } from '../access/load-home.ts';
import type { AccessRule } from '../access/types.ts';
import { FEATURES } from '../routers/features.ts';
import { compileDocument } from './compile.ts';
import { accessIn } from './document-access.ts';
import { routerHome } from './router-home.ts';

const PHONE = '02:00:00:00:00:02';
const MODE = { ...OPEN_MODE, mode: 'whitelist', whitelist_limit_rate: 0 };
const device: LoadedDevice = {
  id: 'phone',
  part_ids: ['phone'],
  router_id: 'upstairs',
  home_id: 'h',
  is_router: false,
  person_id: 'tim',
  network: 'lan',
  is_reviewed: true,
  blocked_since: 5,
  is_listed: true,
  macs: [PHONE],
  ip: '10.0.0.2',
};
const pause: AccessRule = {
  ...RULE,
  id: 'pause',
  kind: 'pause',
  target: 'person',
  person_id: 'tim',
  from: 100,
  until: 200,
};

function compile(devices: LoadedDevice[], rules: AccessRule[] = [pause]) {
  const rows: HomeRows = { homes: [{ id: 'h', timezone: null, rules }], routers: [], devices };
  const home = routerHome(rows, { home_id: 'h', router_id: 'downstairs', mode: MODE }, []);
  const input = { rules: MODE, blocks: [], listed: [], own: [], features: new Set(FEATURES) };
  return compileDocument({ ...input, home, instant: 150 }).document;
}

describe('a device that another router of the home knows', () => {
  test('has the rules of the home, and not what was said at the other router by hand', () => {
    const document = compile([device], [{ ...pause, kind: 'exception', access: 'allow' }]);
    expect(accessIn(document, PHONE, 150)).toMatchObject({ isBlocked: false });
    expect(accessIn(document, PHONE, 250)).toMatchObject({ isBlocked: true });
    expect(document.blocked).toEqual([]);
    expect(document.listed).toEqual([]);
  });

  test('is the one of this router, once it was seen there', () => {
    const here = {
      ...device,
      id: 'here',
      router_id: 'downstairs',
      person_id: null,
      blocked_since: null,
    };
    expect(compile([device, here]).timed).toEqual([]);
  });

  test('is not the other router', () => {
    expect(compile([{ ...device, is_router: true }]).timed).toEqual([]);
  });
});
