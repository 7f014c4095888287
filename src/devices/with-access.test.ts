import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** A person with Tim's phone, another phone, a guest that nobody has reviewed, and the router itself. */
async function home() {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const run = (...statements: RawBuilder<unknown>[]) =>
    tenantTransaction(database.service, ann.userId, async (transaction) => {
      for (const statement of statements) await statement.execute(transaction);
    });
  const user = sql`${ann.userId}::uuid`;
  await run(
    sql`insert into people (user_id, home_id, name) select user_id, home_id, 'Tim' from user_routers where user_id = ${user}`,
    sql`
      insert into user_devices (user_id, router_id, ip, mac, hostname, person_id, reviewed_at, is_router, place)
      select ${user}, ${router}, ip::inet, mac::macaddr, name, case when name = 'tim' then (select id from people where user_id = ${user}) end,
        case when name <> 'guest' then now() end, name = 'router', jsonb_build_object('network', case when name = 'guest' then 'guest' else 'lan' end,
          'port', null, 'band', null, 'ssid', null, 'signal', null, 'down', null, 'up', null, 'since', '2026-01-01T00:00:00.000000Z')
      from (values ('10.0.0.1', '02:00:00:00:00:01', 'tim'), ('10.0.0.2', '02:00:00:00:00:02', 'ann'),
        ('10.0.0.3', '02:00:00:00:00:03', 'guest'), ('10.0.0.254', '02:00:00:00:00:fe', 'router')) v (ip, mac, name)`,
  );
  const path = `/api/v1/routers/${router}/devices`;
  /** Of a rule: what comes after user and home. */
  const rule = (columns: string, values: RawBuilder<unknown>) =>
    run(sql`
      insert into access_rules (user_id, home_id, ${sql.raw(columns)})
      select user_id, home_id, ${values} from user_routers where user_id = ${user}`);
  const list = async (query = '') => {
    const { items } = (await ann.request('GET', `${path}?sort=ip${query}`)).json();
    return items;
  };
  const names = async (query: string) =>
    (await list(query)).map(({ hostname }: { hostname: string }) => hostname);
  return { ann, router, user, path, run, rule, list, names };
}

describe('the access of a device', () => {
  test('is open if nothing is decided, and of the router always', async () => {
    const { ann, list, path } = await home();
    const open = {
      access: 'allow',
      down_rate: null,
      up_rate: null,
      because: { kind: 'none', rule_id: null, name: null, target: null },
      since: null,
      until: null,
      next: null,
    };
    const items = await list();
    expect(items).toMatchObject([
      { hostname: 'tim', is_new: false, person_id: expect.any(String), access: open },
      { hostname: 'ann', is_new: false, person_id: null, access: open },
      { hostname: 'guest', is_new: true, access: open },
      { hostname: 'router', access: { ...open, because: { ...open.because, kind: 'router' } } },
    ]);
    const { access } = (await ann.request('GET', `${path}/${items[0].id}`)).json();
    expect(access).toEqual(items[0].access);
  });

  test('says what decides, since when, and what comes next; the states are what it says', async () => {
    const { ann, user, run, rule, list, names } = await home();
    await rule(
      'kind, name, target, person_id, access, from_at, until_at',
      sql`'pause', 'Dinner', 'person', (select id from people where user_id = ${user}), 'block', '2026-01-01T00:00:00Z', '2100-01-01T00:00:00Z'`,
    );
    await rule(
      'kind, target, network, access, down_rate',
      sql`'new_device', 'network', 'guest', 'limit', 1000`,
    );
    const [tim, , guest] = await list();
    expect(tim).toMatchObject({
      is_blocked: false,
      access: {
        access: 'block',
        down_rate: 0,
        up_rate: 0,
        because: { kind: 'pause', rule_id: expect.any(String), name: 'Dinner', target: 'person' },
        since: '2026-01-01T00:00:00.000000Z',
        until: '2100-01-01T00:00:00.000000Z',
        next: { at: '2100-01-01T00:00:00.000000Z', access: 'allow', is_armed: false },
      },
    });
    expect(guest.access).toMatchObject({ access: 'limit', down_rate: 1000, up_rate: null });
    expect(await names('&state=blocked')).toEqual(['tim']);
    expect(await names('&state=limited')).toEqual(['guest']);
    expect(await names('&state=new')).toEqual(['guest']);
    expect(await names(`&person_id=${tim.person_id}`)).toEqual(['tim']);
    expect((await ann.request('GET', '/api/v1/devices?state=blocked')).json().items).toEqual([tim]);
    // An open exception comes after a pause, but before everything else.
    await run(
      sql`update access_rules set kind = 'exception', access = 'allow' where name = 'Dinner'`,
    );
    expect(await names('&state=blocked')).toEqual([]);
  });

  test('a mode with a rate of 0 blocks all that are not on the whitelist', async () => {
    const { router, user, run, names } = await home();
    await run(
      sql`update router_policies set mode = 'whitelist', whitelist_limit_rate = 0`,
      sql`insert into user_whitelists (user_id, router_id, device_ip, device_mac) values (${user}, ${router}, '10.0.0.1', '02:00:00:00:00:01')`,
    );
    expect(await names('&state=blocked')).toEqual(['ann', 'guest']);
  });

  test('what comes next is armed once a router that keeps time has confirmed it', async () => {
    const { user, run, rule, list } = await home();
    await rule(
      'kind, target, access, until_at',
      sql`'pause', 'everyone', 'block', now() + interval '1 hour'`,
    );
    const isArmed = async () =>
      (await list()).map(
        ({ access }: { access: { next: { is_armed: boolean } | null } }) => access.next?.is_armed,
      );
    expect(await isArmed()).toEqual([false, false, false, undefined]);
    await run(sql`update router_policies set applied_revision = policy_revision`);
    expect(await isArmed()).toEqual([false, false, false, undefined]);
    await run(sql`update user_routers set agent_features = '{partial,time}'`);
    expect(await isArmed()).toEqual([true, true, true, undefined]);
    await run(sql`
      update router_policies set refused_lines = jsonb_build_array(jsonb_build_object(
        'line', 'when 1 block 02:00:00:00:00:02', 'reason', 'nft', 'address', '02:00:00:00:00:02',
        'device_id', (select id from user_devices where user_id = ${user} and hostname = 'ann')))`);
    expect(await isArmed()).toEqual([true, false, true, undefined]);
    await run(sql`update router_policies set policy_revision = policy_revision + 1`);
    expect(await isArmed()).toEqual([false, false, false, undefined]);
  });

  test('pages of those that are blocked follow one another', async () => {
    const { ann, router, user, run, path } = await home();
    await run(
      sql`
        insert into user_devices (user_id, router_id, ip, reviewed_at)
        select ${user}, ${router}, '10.1.0.0'::inet + n, now() from generate_series(1, 25) n`,
      sql`
        insert into user_blocked_devices (user_id, router_id, device_ip)
        select ${user}, ${router}, '10.1.0.0'::inet + n from generate_series(1, 25, 2) n`,
    );
    const ips: string[] = [];
    for (let cursor = ''; ;) {
      const query = `state=blocked&sort=-ip&limit=5${cursor && `&cursor=${cursor}`}`;
      const page = (await ann.request('GET', `${path}?${query}`)).json();
      ips.push(...page.items.map(({ ip }: { ip: string }) => ip));
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    expect(ips).toEqual(Array.from({ length: 13 }, (_, n) => `10.1.0.${25 - 2 * n}`));
  });
});
