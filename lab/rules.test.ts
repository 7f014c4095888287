/** Rules in time, from the API to packets: with the real server, agent and network, while the cloud is away, and after a reboot. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { DAY, type DecidedHome, decidedHome } from '../testing/decided-homes.ts';
import { accessAt } from '../src/access/access-at.ts';
import { loadHome } from '../src/access/load-home.ts';
import { type TenantTransaction, tenantTransaction } from '../src/database/transaction.ts';
import { findDesiredStates } from '../src/fleet/desired-state.ts';
import { writeDocument } from '../src/fleet/openwrt/document-lines.ts';
import { knownFeatures } from '../src/routers/features.ts';
import { expose } from './cloud.ts';
import { converse } from './conversation.ts';
import { type Client, createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { startService } from './service.ts';

const reason = whyNoLab();
const ROUTER = 'mac-027700000001';
const MINUTE = 60_000;
/** Its clocks do not change. */
const ZONE = 'Asia/Kolkata';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** The time of day in the home's zone. */
const clock = (at: number): string =>
  new Date(at).toLocaleTimeString('de', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const iso = (at: number): string => new Date(at).toISOString();

describe.skipIf(reason)(`rules${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(3);
  afterAll(() => lab[Symbol.asyncDispose]());
  const { signIn, startCommandsServer, database } = await startService(lab);
  let server = await startCommandsServer();
  let cut = await expose(lab, 2222, server.port);
  const [one, two, three] = lab.clients;
  if (!one || !two || !three) throw new Error('the lab has three clients');
  const ann = await signIn();
  const base = `/api/v1/routers/${ROUTER}`;
  const home = (await ann.request('GET', '/api/v1/homes')).json().items[0].id;
  const api = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => {
    const answer = await ann.request(method, path, body);
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.body}`);
    return answer.json();
  };
  const isApplied = async (): Promise<boolean> =>
    (await api('GET', `${base}/policy`)).delivery.state === 'applied';
  const addRule = async (rule: object): Promise<string> =>
    (await api('POST', `/api/v1/homes/${home}/rules`, rule)).id;
  const idOf = async ({ mac }: Client): Promise<string> => {
    const { items } = await api('GET', `${base}/devices`);
    return items.find((device: { mac: string }) => device.mac === mac).id;
  };
  const isBlocked = async (client: Client): Promise<boolean> => !(await reaches(client, INTERNET4));
  const run = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(database.service, ann.userId, work);
  const killServer = async (): Promise<void> => {
    server.child.process.kill('SIGKILL');
    await server.child.ended;
    await cut();
  };
  /** Starts a server by whose clock something is soon. Gives how far it is ahead; on a busy machine it takes more than one. */
  const connectBefore = async (instant: number): Promise<number> => {
    for (let lead = 25_000; ; lead *= 2) {
      const ahead = instant - lead - Date.now();
      server = await startCommandsServer(ahead);
      cut = await expose(lab, 2222, server.port);
      await lab.image.run('/etc/init.d/netpilot', 'stop');
      await lab.image.run('/etc/init.d/netpilot', 'start');
      await eventually(isApplied);
      if (Date.now() + ahead < instant - 18_000) return ahead;
      await killServer();
    }
  };
  /** When the windows of the tests switch, by the clock of its server. */
  let bedtime = 0;

  it('a pause drops the first packet, and ends by itself while the cloud is away', async () => {
    const { install_line } = await api('POST', '/api/v1/pairing-codes');
    expect(await lab.image.run('sh', '-c', install_line)).toMatchObject({ code: 0, stderr: '' });
    await eventually(async () => {
      const { items } = await api('GET', `${base}/devices`);
      const macs = new Set(items.map(({ mac }: { mac: string }) => mac));
      return [one, two, three].every(({ mac }) => macs.has(mac));
    });
    await eventually(isApplied);
    const person = await api('POST', `/api/v1/homes/${home}/people`, { name: 'Tim' });
    await api('PATCH', `${base}/devices/${await idOf(one)}`, { person_id: person.id });
    const until = Date.now() + 6_000;
    await addRule({ kind: 'pause', person_id: person.id, until_at: iso(until) });
    await eventually(isApplied);
    expect(await isBlocked(one)).toBe(true);
    expect(await isBlocked(two)).toBe(false);
    await killServer();
    await eventually(() => reaches(one, INTERNET4));
    // The router knows the time to half a second.
    expect(Date.now()).toBeGreaterThan(until - 1_000);
  });

  it('windows begin and end while the cloud is away, but for an exception that came in the last second', async () => {
    await api('PATCH', `/api/v1/homes/${home}`, { timezone: ZONE });
    bedtime = Math.ceil(Date.now() / MINUTE + 5) * MINUTE;
    const evening = { kind: 'schedule', access: 'block' };
    const daily = (from: number, to: number) => [
      { days: EVERY_DAY, from: clock(from), to: clock(to) },
    ];
    const later = daily(bedtime, bedtime + 9 * 60 * MINUTE);
    await addRule({
      ...evening,
      device_id: await idOf(one),
      windows: daily(bedtime - 30 * MINUTE, bedtime),
    });
    await addRule({ ...evening, device_id: await idOf(two), windows: later });
    await addRule({ ...evening, device_id: await idOf(three), windows: later });
    const ahead = await connectBefore(bedtime);
    expect(await isBlocked(one)).toBe(true);
    expect(await isBlocked(three)).toBe(false);
    await pause(Math.max(0, bedtime - ahead - 1_000 - Date.now()));
    await addRule({
      kind: 'exception',
      access: 'allow',
      device_id: await idOf(two),
      until_at: iso(Date.now() + 30 * MINUTE),
    });
    await eventually(isApplied);
    await killServer();
    await eventually(() => isBlocked(three));
    await eventually(() => reaches(one, INTERNET4));
    expect(await isBlocked(two)).toBe(false);
    expect(Date.now() + ahead).toBeGreaterThan(bedtime - 1_000);
  });

  it('what held before a reboot holds after it, though the clock says 1970', async () => {
    const stored = () => Number(readFileSync(`${lab.root}/etc/netpilot/time`, 'utf8')) * 1_000;
    await eventually(() => Promise.resolve(stored() >= bedtime - 1_000));
    await lab.image.run('/etc/init.d/netpilot', 'stop');
    await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
    rmSync(`${lab.root}/var/run/netpilot`, { recursive: true, force: true });
    writeFileSync(`${lab.root}/usr/libexec/lab/clock`, '0\n');
    await lab.image.run('netpilot-agent', 'boot');
    expect(await isBlocked(three)).toBe(true);
    expect(await isBlocked(one)).toBe(false);
    expect(await isBlocked(two)).toBe(false);
  });

  it('after weeks without the cloud the last week repeats, without the exception', async () => {
    await using agent = converse(lab);
    await agent.expect(/^hello /);
    const at = async (instant: number): Promise<boolean[]> => {
      agent.tell(`time ${Math.round(instant / 1_000)}`, 'status 1');
      await agent.expect(/^status 1 /);
      return Promise.all([one, two, three].map(isBlocked));
    };
    const later = bedtime + 15 * DAY * 1_000;
    expect(await at(later - MINUTE)).toEqual([true, false, false]);
    expect(await at(later + MINUTE)).toEqual([false, true, true]);
  });

  it('the router drops what random homes decide, at any instant', async () => {
    await using agent = converse(lab);
    const [, words = ''] = /^hello (?:\S+ ){5}(\S+)/.exec(await agent.expect(/^hello /)) ?? [];
    const features = knownFeatures(words.split(','));
    const clients = [one, two, three];
    const ids = await Promise.all(clients.map(idOf));
    let revision = 1_000;
    const seed = Date.now() % 1_000_000;
    for (const decided of fc.sample(decidedHome(5), { numRuns: 3, seed })) {
      await run((transaction) => decide(transaction, decided, ids));
      const key = { user_id: ann.userId, router_id: ROUTER };
      const { homes, devices } = await run((transaction) =>
        loadHome(transaction, { ...key, device_ids: ids }),
      );
      const [wanted] = await findDesiredStates(database.service, [
        { ...key, fingerprint: undefined, features },
      ]);
      if (wanted?.plan === undefined) throw new Error('the router has a policy');
      await agent.apply((revision += 1), ...writeDocument(wanted.plan.document, features));
      const now = Math.floor(Date.now() / 1_000);
      const edges = wanted.plan.document.windows.flatMap(({ from, to }) => [from, to]);
      const ahead = edges.filter((edge) => edge > now && edge < now + 14 * DAY);
      for (const instant of [now, ahead[Math.floor(ahead.length / 2)] ?? now + DAY]) {
        agent.tell(`time ${instant}`, 'status 2');
        await agent.expect(/^status 2 /);
        const expected = clients.map(({ mac }) => {
          const device = devices.find(({ macs }) => macs.includes(mac));
          const of = homes.get(device?.home_id ?? '');
          if (device === undefined || of === undefined) throw new Error(`no ${mac}`);
          const { down_rate, up_rate } = accessAt(of, device, instant);
          return down_rate === 0 || up_rate === 0;
        });
        const found = await Promise.all(clients.map(isBlocked));
        expect(found, `seed ${seed}, at ${instant}, ${JSON.stringify(decided)}`).toEqual(expected);
      }
    }
  });

  /** Makes the home of the test one that the sample describes, its times counted from now. */
  async function decide(
    transaction: TenantTransaction,
    { now, home: { rules, timezone, routers }, devices }: DecidedHome,
    ids: readonly string[],
  ): Promise<void> {
    const key = { user_id: ann.userId, router_id: ROUTER };
    const rename: Record<string, string | undefined> = { a: ids[0], b: ids[1], c: ids[2] };
    for (const table of [
      'access_rules',
      'user_whitelists',
      'user_blacklists',
      'user_blocked_devices',
    ] as const)
      await transaction.deleteFrom(table).execute();
    const [person] = await transaction.selectFrom('people').select('id').execute();
    await transaction.updateTable('homes').set({ timezone }).execute();
    const mode = routers.values().next().value;
    if (mode !== undefined) await transaction.updateTable('router_policies').set(mode).execute();
    for (const { id, ...device } of devices) {
      const device_id = rename[id] ?? '';
      await transaction
        .updateTable('user_devices')
        .set({
          person_id: device.person_id === null ? null : (person?.id ?? null),
          reviewed_at: device.is_reviewed ? iso(Date.now()) : null,
          place: JSON.stringify({ network: device.network }),
        })
        .where('id', '=', device_id)
        .execute();
      const mac = `02:00:00:00:00:0${devices.findIndex((each) => each.id === id) + 1}`;
      const entry = { ...key, device_id, device_ip: '0.0.0.0', device_mac: mac };
      if (device.is_listed) {
        await transaction.insertInto('user_whitelists').values(entry).execute();
        await transaction.insertInto('user_blacklists').values(entry).execute();
      }
      if (device.blocked_since !== null)
        await transaction.insertInto('user_blocked_devices').values(entry).execute();
    }
    for (const rule of rules) {
      const isSpan = rule.kind === 'pause' || rule.kind === 'exception';
      const moved = (at: number) => iso(Date.now() + (at - now) * 1_000);
      if (rule.router_id !== null && rule.router_id !== 'r') continue;
      await sql`
        insert into access_rules (user_id, home_id, kind, target, person_id, device_id, network, router_id, access,
          down_rate, up_rate, from_at, until_at, windows)
        values (${ann.userId}, ${home}, ${rule.kind}, ${rule.target}, ${rule.person_id === null ? null : person?.id},
          ${rule.device_id === null ? null : rename[rule.device_id]}, ${rule.network},
          ${rule.router_id === null ? null : ROUTER}, ${rule.access}, ${rule.down_rate}, ${rule.up_rate},
          ${isSpan ? moved(rule.from) : iso(0)}, ${rule.until === null ? null : moved(rule.until)},
          ${rule.windows === null ? null : JSON.stringify(rule.windows)}::jsonb)
        on conflict do nothing`.execute(transaction);
    }
  }
});
