import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startSshServer } from '../../testing/ssh-server.ts';
import { findUserByEmail } from '../accounts/users.ts';
import { signInTransaction, tenantTransaction } from '../database/transaction.ts';
import { listRouters } from '../routers/queries.ts';
import { startDemo } from './demo.ts';
import { linkByCode, linkFleet } from './link-fleet.ts';
import { startFleet } from './fleet.ts';

const database = await createTestDatabase();
const { access, nextCaller } = await startSshServer();
const { app, signIn } = await createTestApp(database, { routerAccess: access });
const url = await app.listen({ host: '127.0.0.1', port: 0 });

let dataFolder: string;
let file: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'netpilot-demo-'));
  file = join(dataFolder, 'simulated-router.json');
});
afterAll(() => rmSync(dataFolder, { recursive: true }));

async function start(email: string) {
  const fleet = await startDemo({ dataFolder, database: database.service, url, access, email });
  if (fleet !== undefined) onTestFinished(fleet.stop);
  return fleet;
}

async function personOf(email: string) {
  const user = await signInTransaction(database.service, { subject: '', email }, (transaction) =>
    findUserByEmail(transaction, email),
  );
  return signIn(user?.id);
}

describe('the simulated router of a first start', () => {
  test("is linked as a real one is, and is the local user's", async () => {
    await start('first@localhost');
    const caller = await nextCaller();
    expect(await caller.hear()).toMatch(/^hello /);
    const person = await personOf('first@localhost');
    const [router, ...others] = (await person.request('GET', '/api/v1/routers')).json().items;
    expect(others).toEqual([]);
    expect(router).toMatchObject({ router_name: 'Simulated router', is_active: true });
    caller.say('scan 1');
    const macs = new Set<string>();
    // What it tells besides may come in between.
    for (let line = ''; !line.startsWith('scanned'); line = await caller.hear())
      if (line.startsWith('device ')) macs.add(line.split(' ')[1] ?? '');
    expect(macs.size).toBe(12);
  });

  test('has a home of its own, with people, their devices, bedtimes, and a rule for who is new', async () => {
    await start('family@localhost');
    await nextCaller();
    const person = await personOf('family@localhost');
    const get = async (path: string) => (await person.request('GET', `/api/v1/${path}`)).json();
    const [{ router_id, home_id }] = (await get('routers')).items;
    const homes = (await get('homes')).items;
    expect(homes).toHaveLength(2);
    expect(homes).toContainEqual(
      expect.objectContaining({ id: home_id, name: 'Simulated home', routers: 1, people: 4 }),
    );
    const people = (await get(`homes/${home_id}/people`)).items;
    expect(people).toMatchObject([
      { name: 'Anna', devices: 2 },
      { name: 'Ben', devices: 3 },
      { name: 'Mia', devices: 1 },
      { name: 'Tim', devices: 2 },
    ]);
    const rules = (await get(`homes/${home_id}/rules`)).items;
    const short = rules.map((rule: Record<string, unknown>) => [
      rule['kind'],
      rule['target'],
      rule['access'],
    ]);
    expect(short.toSorted()).toEqual([
      ['new_device', 'everyone', 'block'],
      ['new_device', 'network', 'limit'],
      ['schedule', 'person', 'block'],
      ['schedule', 'person', 'block'],
    ]);
    const devices = (await get(`routers/${router_id}/devices`)).items;
    expect(devices.filter(({ is_new }: { is_new: boolean }) => is_new)).toEqual([]);
  });

  test('is the same one at the second start, from a file that only its owner reads', async () => {
    const fleet = await start('second@localhost');
    const first = await nextCaller();
    const hello = await first.hear();
    fleet?.stop();
    const kept = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await start('second@localhost');
    const again = await nextCaller();
    expect(again.key).toBe(first.key);
    expect(await again.hear()).toBe(hello);
    expect(readFileSync(file, 'utf8')).toBe(kept);
    const person = await personOf('second@localhost');
    expect((await person.request('GET', '/api/v1/routers')).json().items).toHaveLength(1);
  });

  test.each(['unlink', 'delete'])('stays away after somebody chose to %s it', async (choice) => {
    const email = `${choice}@localhost`;
    const fleet = await start(email);
    await nextCaller();
    fleet?.stop();
    const person = await personOf(email);
    const { items } = (await person.request('GET', '/api/v1/routers')).json();
    const router = `/api/v1/routers/${items[0].router_id}`;
    if (choice === 'unlink') await person.request('POST', `${router}/unlink`);
    else await person.request('DELETE', router);
    expect(await start(email)).toBeUndefined();
  });
});

describe('a fleet', () => {
  test('is linked to one user, and every one of it dials in', async () => {
    const { userId } = await signIn();
    const linked = await linkFleet(database.service, { userId, url, routers: 205, devices: 3 });
    const routers = await tenantTransaction(database.service, userId, (transaction) =>
      listRouters(transaction, userId),
    );
    expect(routers).toHaveLength(205);
    const fleet = startFleet({ ...linked, identities: linked.identities.slice(0, 5), devices: 3 });
    onTestFinished(fleet.stop);
    const callers = await Promise.all(Array.from({ length: 5 }, nextCaller));
    expect(new Set(callers.map(({ key }) => key)).size).toBe(5);
  });

  test('linked again is the same routers with other keys', async () => {
    const { userId } = await signIn();
    for (const routers of [3, 3])
      await linkFleet(database.service, { userId, url, routers, devices: 3 });
    const routers = await tenantTransaction(database.service, userId, (transaction) =>
      listRouters(transaction, userId),
    );
    expect(routers).toHaveLength(3);
  });

  test('of one is linked by a code that somebody asked for, once', async () => {
    const person = await signIn();
    const { code } = (await person.request('POST', '/api/v1/pairing-codes')).json();
    expect(await linkByCode(url, code)).toMatchObject({ access });
    await expect(linkByCode(url, code)).rejects.toThrow('already used');
    await expect(linkByCode('http://127.0.0.1:1', code)).rejects.toThrow('cannot be reached');
  });
});
