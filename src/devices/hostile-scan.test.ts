import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, createHome, seen } from '../../testing/network.ts';

const { service } = await createTestDatabase();
const home = () => createHome(service);

describe('what is not to be believed', () => {
  test.each([
    ['00:00:00:00:00:00', '10.0.0.1'],
    ['ff:ff:ff:ff:ff:ff', '10.0.0.1'],
    ['01:00:5e:00:00:fb', '10.0.0.1'],
    ['33:33:00:00:00:01', 'fe80::1'],
    ['no MAC', '10.0.0.1'],
    [PHONE, '127.0.0.1'],
    [PHONE, '224.0.0.251'],
    [PHONE, 'nowhere'],
  ])('%s at %s is passed over, and the rest is stored', async (mac, ip) => {
    const { scan, devices } = await home();
    expect(await scan(1, [seen(mac, ip), seen(LAPTOP, '10.0.0.2')])).toMatchObject({
      discovered: 1,
    });
    expect(await devices()).toMatchObject([{ mac: LAPTOP }]);
  });

  test.each([
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    [`'); drop table users; --`, `'); drop table users; --`],
    ['{"a","b"}', '{"a","b"}'],
    ['NULL', 'NULL'],
    ['back\\slash', 'back\\slash'],
    ['📱'.repeat(63), '📱'.repeat(63)],
    ['\u202egpj.exe', '\u202egpj.exe'],
    ['a\0b', 'ab'],
    ['\0', null],
    ['  ', null],
    ['half \ud83d', 'half \ufffd'],
    ['x'.repeat(300), 'x'.repeat(255)],
    ['💡'.repeat(300), '💡'.repeat(255)],
  ])('the name %j is stored as %j', async (hostname, stored) => {
    const { scan, devices } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1', { hostname })]);
    expect(await devices()).toMatchObject([{ hostname: stored }]);
  });

  test('the same thing said twice is said once', async () => {
    const { scan, devices, addresses } = await home();
    const twice = [
      seen(PHONE, '10.0.0.1', { online: false, hostname: 'first' }),
      seen(PHONE.toUpperCase(), '10.0.0.1', { hostname: 'last' }),
      seen(PHONE, '2001:db8:0:0::1'),
      seen(PHONE, '2001:DB8::1'),
    ];
    expect(await scan(1, twice)).toMatchObject({ discovered: 1 });
    expect(await devices()).toMatchObject([{ mac: PHONE, is_online: true, hostname: 'last' }]);
    expect(await addresses()).toHaveLength(2);
  });
});
