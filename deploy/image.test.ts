/** What the image is made of, looked at and tried without a container; `built-image.test.ts` builds and runs it. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';

const run = promisify(execFile);
const read = (path: string) => readFileSync(join(PROJECT_FOLDER, path), 'utf8');
const Package = Type.Object({
  dependencies: Type.Record(Type.String(), Type.String()),
  devDependencies: Type.Record(Type.String(), Type.String()),
});
const { dependencies, devDependencies } = Value.Parse(Package, JSON.parse(read('package.json')));

/** One instruction of a Dockerfile, its continued lines joined. */
type Instruction = { name: string; text: string };

const instructions = read('deploy/Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line): Instruction => {
    const [name = '', ...rest] = line.split(' ');
    return { name, text: rest.join(' ').trim() };
  });
const all = (name: string) =>
  instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
const last = (name: string) => all(name).at(-1) ?? '';

/** What .dockerignore lets into the image, and what it takes out of that again. */
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const letIn = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
const takenOut = ignored.filter((line) => line.startsWith('**'));

describe('The Dockerfile', () => {
  test('has only instructions there are', () => {
    const known = [
      'ARG',
      'FROM',
      'WORKDIR',
      'COPY',
      'RUN',
      'ENV',
      'USER',
      'EXPOSE',
      'HEALTHCHECK',
      'ENTRYPOINT',
      'CMD',
    ];
    expect(known).toEqual(expect.arrayContaining(instructions.map(({ name }) => name)));
  });

  test('builds on the Node.js that NetPilot runs with', () => {
    const [major] = dependencies['node']?.split('.') ?? [];
    expect(all('ARG')).toEqual([`NODE_IMAGE=docker.io/library/node:${major}-trixie-slim`]);
    expect(all('FROM').map((text) => text.split(' ')[0])).toEqual([
      '${NODE_IMAGE}',
      'packages',
      '${NODE_IMAGE}',
    ]);
  });

  test('copies only what is there and let in', () => {
    const sources = all('COPY')
      .filter((text) => !text.startsWith('--from'))
      .flatMap((text) => text.split(' ').slice(0, -1));
    const installed = ['package.json', 'package-lock.json'];
    expect(sources).toEqual([
      ...installed,
      'tsconfig.json',
      'bin',
      'web',
      'client',
      'src',
      'docs/guide',
      '.',
    ]);
    for (const source of sources) expect(existsSync(join(PROJECT_FOLDER, source))).toBe(true);
    for (const source of sources.filter((name) => name !== '.')) expect(letIn).toContain(source);
  });

  test('installs what package-lock.json names, without tests, embedded PostgreSQL and scripts', () => {
    expect(all('RUN')[0]).toContain('npm ci --omit=dev --omit=optional --ignore-scripts');
  });

  test('runs as nobody in particular, and writes no file of the program', () => {
    expect(last('USER')).toBe('node');
    expect(instructions.findLastIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      instructions.findLastIndex(({ name }) => name === 'COPY'),
    );
    expect(all('COPY').join()).not.toContain('--chown');
    // But for the folder that compose.yaml puts a volume on.
    expect(all('RUN').at(-1)).toMatch(/install --directory --owner=node .* \/backups$/);
    expect(read('deploy/compose.yaml')).toContain('- backups:/backups\n');
  });

  test('starts the service', () => {
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['netpilot']);
    expect(JSON.parse(last('CMD'))).toEqual(['serve']);
  });
});

describe('The health check', () => {
  const [command = '', ...parameters] = Value.Parse(
    Type.Array(Type.String()),
    JSON.parse(/CMD (\[.*\])$/.exec(last('HEALTHCHECK'))?.[1] ?? '[]'),
  );
  let asked = '';
  let status = 200;
  const server = createServer((request, response) => {
    asked = request.url ?? '';
    response.writeHead(status).end();
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  const check = async (port: number) => {
    const env = { ...process.env, PORT: String(port) };
    const program = command === 'node' ? process.execPath : command;
    try {
      await run(program, parameters, { env });
      return 'healthy';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 1 ? 'unhealthy' : error;
    }
  };
  const port = () => Value.Parse(Type.Object({ port: Type.Number() }), server.address()).port;

  test('asks /readyz, and is content with 200', async () => {
    status = 200;
    expect(await check(port())).toBe('healthy');
    expect(asked).toBe('/readyz');
  });

  test('is not with 503', async () => {
    status = 503;
    expect(await check(port())).toBe('unhealthy');
  });

  test('is not where nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => void closed.listen(0, '127.0.0.1', resolve));
    const address = Value.Parse(Type.Object({ port: Type.Number() }), closed.address());
    await new Promise<void>((resolve) => void closed.close(() => resolve()));
    expect(await check(address.port)).toBe('unhealthy');
  });
});

describe('What is let into the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-image-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const sources = globSync(
    letIn.map((name) => `${name}/**/*.ts`),
    { cwd: PROJECT_FOLDER },
  ).filter((file) => !takenOut.some((pattern) => matchesGlob(file, pattern)));

  test('is there', () => {
    for (const name of letIn) expect(existsSync(join(PROJECT_FOLDER, name))).toBe(true);
    expect(sources.length).toBeGreaterThan(100);
  });

  test('has every package it imports, without those for development', () => {
    const packages = new Set(
      sources
        // The web app is bundled, its packages with it, in a stage that has those for development.
        .filter((file) => !file.startsWith('web/'))
        .flatMap((file) => [
          ...read(file).matchAll(/^(?:import|export|\}) .*from '([^'.][^']*)'/gm),
        ])
        .map(([, name = '']) => name)
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    );
    expect(packages).toContain('fastify');
    expect(Object.keys(devDependencies).filter((name) => packages.has(name))).toEqual([]);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...packages]));
  });

  test('has every folder beside src that the program reads', () => {
    const used = sources
      .flatMap((file) => [
        ...read(file).matchAll(/PROJECT_FOLDER, '([^'/]+)|from '\.\.\/\.\.\/([^'/]+\.json)'/g),
      ])
      .map(([, named, imported]) => named ?? imported)
      .filter((name) => name !== '.env' && name !== '.netpilot');
    expect(used).toContain('package.json');
    expect(letIn).toEqual(expect.arrayContaining(used));
  });

  test('is a program that runs', async () => {
    for (const name of letIn)
      cpSync(join(PROJECT_FOLDER, name), join(folder, name), {
        recursive: true,
        filter: (file) => !takenOut.some((pattern) => matchesGlob(file, pattern)),
      });
    symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(folder, 'node_modules'));
    const { stdout } = await run(join(folder, 'bin/netpilot'), ['config', '--json'], {
      env: { PATH: process.env['PATH'] },
    });
    expect(JSON.parse(stdout)).toMatchObject({ database: 'embedded' });
  });
});
