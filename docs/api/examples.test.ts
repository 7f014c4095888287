/** The examples of these pages do what they say, with the package as others install it, against a real service. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';

const run = promisify(execFile);
const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const folder = await mkdtemp(join(tmpdir(), 'netpilot-examples-'));
afterAll(() => rm(folder, { recursive: true }));

/** The blocks of a page's code in one language, in their order. */
async function codeOf(page: string, language: 'sh' | 'ts'): Promise<string[]> {
  const text = await readFile(join(PROJECT_FOLDER, page), 'utf8');
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'));
  return [...blocks].map(([, code = '']) => code);
}

const PROGRAMS = {
  'block.ts': 'docs/api/block.md',
  'pause.ts': 'docs/api/pause.md',
  'follow.ts': 'docs/api/events.md',
  'readme.ts': 'client/README.md',
};

beforeAll(async () => {
  const { stdout } = await run(join(PROJECT_FOLDER, 'bin/pack-client'), [folder]);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'my-program', private: true, type: 'module' }),
  );
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', stdout.trim()], {
    cwd: folder,
  });
  for (const [file, page] of Object.entries(PROGRAMS)) {
    const [code = ''] = await codeOf(page, 'ts');
    await writeFile(join(folder, file), code);
  }
});

test('the package is found by programs that resolve as Node.js did before it had `exports`', async () => {
  const root = join(folder, 'node_modules/@netpilot/client');
  const { main, types, exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect({ types, default: main }).toEqual(exports['.']);
  for (const file of [main, types]) expect(await readFile(join(root, file), 'utf8')).not.toBe('');
});

let ann: Person;
let environment: Record<string, string>;
beforeAll(async () => {
  ann = await signIn();
  const scopes = ['read', 'control'];
  const created = await ann.request('POST', '/api/v1/tokens', { token_name: 'my program', scopes });
  const router_id = await createRouter(database.service, ann.userId);
  const device = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values({
        user_id: ann.userId,
        router_id,
        ip: '192.168.1.20',
        mac: '00:00:5e:00:53:20',
        device_name: 'PlayStation',
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const home_id = (await ann.request('GET', '/api/v1/homes')).json().items[0].id;
  const leo = await ann.request('POST', `/api/v1/homes/${home_id}/people`, { name: 'Leo' });
  environment = {
    PATH: process.env['PATH'] ?? '',
    NETPILOT_URL: url,
    NETPILOT_TOKEN: String(created.json().token),
    ROUTER: router_id,
    DEVICE: device.id,
    HOME_ID: home_id,
    PERSON: leo.json().id,
  };
});

/** What one of the programs prints. */
async function node(file: string, ...words: string[]): Promise<string> {
  const options = { cwd: folder, env: environment };
  return (await run(process.execPath, [file, ...words], options)).stdout;
}

/** What a shell prints, as JSON; `more` of the environment is what the page calls so. */
async function shell(code: string | undefined, more: Record<string, string> = {}) {
  const env = { ...environment, ...more };
  const { stdout } = await run('sh', ['-euc', code ?? 'false'], { env });
  return stdout === '' ? undefined : JSON.parse(stdout);
}

const get = async (path: string) => (await ann.request('GET', `/api/v1${path}`)).json();
const blocks = async () =>
  (await get(`/routers/${environment['ROUTER']}/blocks?state=active`)).items.length;
const rules = async () => (await get(`/homes/${environment['HOME_ID']}/rules`)).items;

describe('the package', () => {
  test('has the version of the service, and what a program needs', async () => {
    const manifest = async (path: string) => JSON.parse(await readFile(path, 'utf8'));
    const { version, license, dependencies } = await manifest(join(PROJECT_FOLDER, 'package.json'));
    const installed = join(folder, 'node_modules/@netpilot/client');
    expect(await manifest(join(installed, 'package.json'))).toMatchObject({
      version,
      license,
      type: 'module',
      engines: { node: expect.any(String) },
      dependencies: { 'openapi-fetch': dependencies['openapi-fetch'] },
    });
    for (const file of ['README.md', 'LICENSE'])
      expect(await readFile(join(installed, file), 'utf8')).not.toBe('');
    expect(await readFile(join(PROJECT_FOLDER, 'docs/api/README.md'), 'utf8')).toContain(
      `netpilot-client-${version}.tgz`,
    );
  });

  test('its types and the examples are what the compiler accepts', async () => {
    const packages = join(PROJECT_FOLDER, 'node_modules');
    const compiler = join(packages, 'typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2024'];
    const types = ['--typeRoots', join(packages, '@types'), '--types', 'node'];
    const modules = ['--module', 'nodenext', '--skipLibCheck', 'false'];
    const words = [...options, ...types, ...modules, ...Object.keys(PROGRAMS)];
    const { stdout } = await run(process.execPath, [compiler, ...words], { cwd: folder }).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(stdout).toBe('');
  });
});

test('a device is blocked and unblocked', async () => {
  const [find, block, unblock] = await codeOf('docs/api/block.md', 'sh');
  const { DEVICE: id, ROUTER: router_id } = environment;
  expect(await shell(find)).toMatchObject({ items: [{ id, router_id }] });
  const made = await shell(block);
  expect(made).toMatchObject({ device_id: id, delivery: { state: 'pending' } });
  expect(await blocks()).toBe(1);
  await shell(unblock, { BLOCK: made.id });
  expect(await blocks()).toBe(0);

  expect(await node('block.ts', 'PlayStation')).toBe('PlayStation is blocked: pending\n');
  expect(await blocks()).toBe(1);
  expect(await node('block.ts', 'PlayStation')).toBe('PlayStation is unblocked: pending\n');
  expect(await blocks()).toBe(0);
});

test('somebody is paused', async () => {
  const [homes, people, pause, end] = await codeOf('docs/api/pause.md', 'sh');
  const { HOME_ID: home_id, PERSON: person_id } = environment;
  expect(await shell(homes)).toMatchObject({ items: [{ id: home_id }] });
  expect((await shell(people)).items).toContainEqual(
    expect.objectContaining({ id: person_id, name: 'Leo' }),
  );
  const made = await shell(pause);
  expect(await rules()).toMatchObject([{ kind: 'pause', target: 'person', person_id }]);
  await shell(end, { RULE: made.id });
  expect(await rules()).toEqual([]);

  expect(await node('pause.ts', 'Leo', '45')).toMatch(/^Leo has no internet until 20\d\d-/);
  expect(await rules()).toMatchObject([{ kind: 'pause', person_id }]);
  await expect(node('pause.ts', 'Leo', '0')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("field: 'minutes'"),
  });
});

describe('what happens', () => {
  /** A program that runs until the test is over, and what it has printed. */
  function start(program: string, words: readonly string[]) {
    const child: ChildProcess = spawn(program, words, { cwd: folder, env: environment });
    onTestFinished(() => void child.kill());
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
    return { printed: () => printed };
  }

  test.each([
    ['curl', 'event: ready'],
    ['TypeScript', 'from now on'],
  ])('is followed by %s', async (by, ready) => {
    const [code = ''] = await codeOf('docs/api/events.md', 'sh');
    const { printed } =
      by === 'curl'
        ? start('sh', ['-euc', `exec ${code}`])
        : start(process.execPath, ['follow.ts']);
    await expect.poll(printed).toContain(ready);
    const { DEVICE: id, ROUTER: router_id } = environment;
    const name = `called by ${by}`;
    await ann.request('PATCH', `/api/v1/routers/${router_id}/devices/${id}`, { device_name: name });
    await expect.poll(printed).toContain(name);
    expect(printed()).toContain('device.');
  });

  test('while a program was away comes after the number that it knows', async () => {
    const { items } = await get('/audit?limit=1');
    expect(items).toHaveLength(1);
    const { printed } = start(process.execPath, ['follow.ts', '0']);
    await expect.poll(printed).toContain('going on\n1 ');
  });
});
