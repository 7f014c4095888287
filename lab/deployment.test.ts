/**
 * docs/deploy.md, carried out: a release is made, the page's commands are run as they stand on a Debian with a systemd of its own,
 * behind Debian's Caddy, and a router of the lab is linked through it. Only Google and Let's Encrypt are stood in for: by an
 * issuer of the tests, and by Caddy's own authority.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { VERSION } from '../src/config/version.ts';
import { somebody } from '../testing/sign-in.ts';
import {
  AUTHORITY,
  DOMAIN,
  DOWNLOADS,
  type Deployment,
  commandsOf,
  prepareDeployment,
  settingsOf,
} from './deployment.ts';
import { INTERNET4, install } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { whyNoServer } from './server.ts';

const reason = whyNoServer();

describe.skipIf(reason)(`docs/deploy.md${reason ? ` (not run: ${reason})` : ''}`, () => {
  let deployment: Deployment;
  let sh: Deployment['sh'];
  let follow: Deployment['follow'];
  let release = '';
  /** A file of the server's, seen from here. */
  const at = (path: string): string => join(deployment.server.root, path);
  const isReady = async (): Promise<boolean> =>
    (await deployment.server.run('curl', '-sS', 'http://127.0.0.1:8080/readyz')).stdout ===
    '{"status":"ready"}';

  beforeAll(async () => {
    deployment = await prepareDeployment();
    ({ sh, follow, release } = deployment);
  });
  afterAll(() => deployment[Symbol.asyncDispose]());

  it('the archive is what SHA256SUMS says, and has nothing for development', async () => {
    const { archive } = deployment;
    const sums = readFileSync(join(dirname(archive), 'SHA256SUMS'), 'utf8');
    const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    expect(sums).toContain(`${sum}  ${basename(archive)}\n`);
    const list = ['--list', '--verbose', '--file', archive];
    const { stdout } = await promisify(execFile)('tar', list, { maxBuffer: 2 ** 26 });
    const lines = stdout.trimEnd().split('\n');
    // No matter who made it, with which umask.
    const asAnywhere = /^(d|-)rw[x-]r-[x-]r-[x-] 0\/0 |^lrwxr-xr-x 0\/0 /;
    expect(lines.filter((line) => !asAnywhere.test(line))).toEqual([]);
    const names = lines.map((line) => line.split(/ +/)[5]?.slice(release.length + 1) ?? '');
    expect(names).toEqual(
      expect.arrayContaining([
        'VERSION',
        'components.cdx.json',
        'web/dist/index.html',
        'node_modules/node/bin/node',
        'node_modules/fastify/package.json',
        'deploy/Caddyfile',
      ]),
    );
    const unneeded = [
      /^(src|agent|deploy)\/.*(\.test\.ts|testing\/)/,
      /^node_modules\/(vite|vitest|typescript|react)\//,
    ];
    expect(names.filter((name) => unneeded.some((some) => some.test(name)))).toEqual([]);
  });

  it('1. the firewall lets browsers and routers in', async () => {
    await sh(`nft -f - <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif lo accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
RULES`);
    const line = commandsOf('## 1. ')[0]
      ?.split('\n')
      .find((command) => command.includes(' nft '));
    await sh(line ?? 'false');
    expect(await sh('nft list chain inet filter input')).toContain('dport { 443, 2222 } accept');
  });

  it('3. installs, and nothing that the service could change', async () => {
    expect(await follow('## 3. ')).toContain(`${basename(deployment.archive)}: OK`);
    expect(await sh('/opt/netpilot/bin/netpilot --version')).toBe(`${VERSION}\n`);
    expect(`netpilot-${await sh('cat /opt/netpilot/VERSION')}`).toBe(`${release}\n`);
    const changeable = '\\( ! -user root -o ! -group root -o -perm /022 \\)';
    expect(await sh(`find /opt/netpilot/ ! -type l ${changeable}`)).toBe('');
    expect(await sh('stat -c %a:%U /etc/netpilot/netpilot.env')).toBe('600:root\n');
  });

  it('lists every package that is installed, with its license', () => {
    const Component = Type.Object({
      name: Type.String(),
      purl: Type.Optional(Type.String()),
      licenses: Type.Optional(Type.Unknown()),
    });
    const List = Type.Object({
      bomFormat: Type.Literal('CycloneDX'),
      components: Type.Array(Component),
    });
    const text = readFileSync(at(`opt/${release}/components.cdx.json`), 'utf8');
    const { components } = Value.Parse(List, JSON.parse(text));
    const folder = at(`opt/${release}/node_modules`);
    const installed = readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) =>
        name.startsWith('@')
          ? readdirSync(join(folder, name)).map((part) => `${name}/${part}`)
          : name,
      );
    const names = components.map(({ name }) => name);
    const bundled = ['react', 'react-aria-components', 'use-intl'];
    expect(names).toEqual(expect.arrayContaining([...installed, ...bundled]));
    expect(names).toEqual(expect.arrayContaining(['Node.js', 'PostgreSQL']));
    expect(names.filter((name) => /^(vite|vitest|typescript)$/.test(name))).toEqual([]);
    const unlicensed = components.filter(({ purl, licenses }) => purl && licenses === undefined);
    expect(unlicensed).toEqual([]);
  });

  it('4. and 6. starts with the embedded PostgreSQL: pages, and doctor complains of nothing', async () => {
    const { clientId, clientSecret, url } = deployment.issuer;
    const settings = settingsOf('## 4. ')
      .replace('GOOGLE_CLIENT_ID=…', `GOOGLE_CLIENT_ID=${clientId}`)
      .replace('GOOGLE_CLIENT_SECRET=…', `GOOGLE_CLIENT_SECRET=${clientSecret}`);
    appendFileSync(at('etc/netpilot/netpilot.env'), `${settings}OIDC_ISSUER=${url}\n`);
    await follow('## 6. ');
    await eventually(isReady);
    expect(await sh('curl -sS http://127.0.0.1:8080/')).toMatch(/^<!doctype html>/i);
    const doctor = await follow('## 6. ', 1);
    expect(doctor).toContain('ok    port for routers');
    expect(doctor).toContain('All checks passed.');
    expect(await sh('systemctl show netpilot -P NRestarts')).toBe('0\n');
    expect(await sh('stat -c %a:%U /var/lib/netpilot')).toBe('700:netpilot\n');
    const units = 'netpilot.service netpilot-backup.timer';
    expect(await sh(`systemctl is-enabled ${units}`)).toBe('enabled\nenabled\n');
  });

  it('updates to a newer release and goes back, over a migration', async () => {
    const newer = 'netpilot-9.9.9';
    const running = () => sh('readlink -f /proc/$(systemctl show netpilot -P MainPID)/exe');
    // What differs is one migration.
    await sh(`mkdir /root/newer && cp -al /opt/${release} /root/newer/${newer} && cd /root/newer
      echo 'create table later (id int)' >${newer}/src/database/migrations/0999_later.up.sql
      echo 'drop table later' >${newer}/src/database/migrations/0999_later.down.sql
      tar --create --file ${DOWNLOADS}/${newer}-linux-x64.tar.gz ${newer} && rm -r /root/newer
      cd ${DOWNLOADS} && sha256sum ${newer}-linux-x64.tar.gz >SHA256SUMS`);
    expect(await follow('## Update', 0, newer)).toBe(`${newer}-linux-x64.tar.gz: OK\n${release}\n`);
    await eventually(isReady);
    expect(readdirSync(at('var/lib/netpilot/backups'))).toHaveLength(1);
    expect(await running()).toContain(newer);

    await follow('## Roll back');
    await eventually(async () =>
      (await sh('journalctl --unit=netpilot')).includes('does not know 0999_later'),
    );
    expect(await isReady()).toBe(false);
    await follow('## Roll back', 1, newer);
    await eventually(isReady);
    expect(await running()).toContain(release);
    await sh(`systemctl stop netpilot && rm -r /opt/${newer} ${DOWNLOADS}/${newer}*`);
  });

  it('takes a PostgreSQL of its own instead', async () => {
    const version = (await sh('ls /usr/lib/postgresql | sort -n | tail -n 1')).trim();
    await sh(`pg_createcluster --locale C.UTF-8 ${version} main -- --no-sync
      systemctl daemon-reload`);
    const commands = commandsOf('## Your own PostgreSQL')[0] ?? 'false';
    await sh(commands.replace('version=15 ', `version=${version} `));
    expect(await sh('stat -c %a:%U /etc/netpilot/operator.env')).toBe('600:root\n');
    await sh('systemctl start netpilot');
    await eventually(isReady);
    const doctor = await follow('## 6. ', 1);
    expect(doctor).toMatch(/ok {4}database +PostgreSQL \S+ \(Debian /);
    expect(doctor).toContain('All checks passed.');
    await sh('systemctl start netpilot-backup.service');
    expect(readdirSync(at('var/lib/netpilot/backups'))).toHaveLength(2);
  });

  it('5. is behind Caddy: TLS, and from outside nothing else but the port of routers', async () => {
    const { curl, clients } = deployment;
    // Caddy's own authority instead of Let's Encrypt's: an option before the file, which stays as it is.
    const options = '{\n\tlocal_certs\n\tskip_install_trust\n}\nimport /etc/caddy/Caddyfile\n';
    writeFileSync(at('etc/caddy/options'), options);
    mkdirSync(at('etc/systemd/system/caddy.service.d'));
    const configured = '--config /etc/caddy/options --adapter caddyfile';
    writeFileSync(
      at('etc/systemd/system/caddy.service.d/authority.conf'),
      `[Service]
ExecStart=
ExecStart=/usr/bin/caddy run ${configured}
ExecReload=
ExecReload=/usr/bin/caddy reload --force ${configured}
`,
    );
    await sh('systemctl daemon-reload');
    await follow('## 5. ');
    const landed = readFileSync(join(PROJECT_FOLDER, 'deploy/Caddyfile'), 'utf8');
    expect(readFileSync(at('etc/caddy/Caddyfile'), 'utf8')).toBe(landed);
    await eventually(async () => existsSync(at(AUTHORITY)));
    await eventually(
      async () => (await curl(`https://${DOMAIN}/readyz`)).stdout === '{"status":"ready"}',
    );
    const keys = await clients[0].run('ssh-keyscan', '-p', '2222', INTERNET4);
    expect(keys.stdout).toContain(' ssh-ed25519 ');
    for (const port of ['8080', '8081', '5432']) {
      const refused = await curl('--connect-timeout', '2', `http://${INTERNET4}:${port}/`);
      expect(refused.code).not.toBe(0);
    }
    const metrics = await curl(
      '-w',
      '%{http_code}',
      '-o',
      '/dev/null',
      `https://${DOMAIN}/metrics`,
    );
    expect(metrics.stdout).toBe('404');
  });

  it('compresses what it sends', async () => {
    const { curl } = deployment;
    const encoding = async (path: string) => {
      const asked = ['-o', '/dev/null', '-D', '-', '-H', 'accept-encoding: br, gzip'];
      const { stdout } = await curl(...asked, `https://${DOMAIN}${path}`);
      return /^content-encoding: (.*)\r$/m.exec(stdout)?.[1];
    };
    const page = (await curl(`https://${DOMAIN}/sign-in`)).stdout;
    const [script = ''] = /\/assets\/[\w-]+\.js/.exec(page) ?? [];
    expect(await encoding(script)).toBe('br');
    expect(await encoding('/sign-in')).toBe('gzip');
    expect(await encoding('/openapi.json')).toBe('gzip');
  });

  const ask = async (path: string) => JSON.parse(await deployment.browse(`/api/v1${path}`));
  const write = async (path: string, content: object = {}) => {
    const json = ['-H', 'content-type: application/json', '--data', JSON.stringify(content)];
    return JSON.parse(await deployment.browse(`/api/v1${path}`, ...json));
  };
  const base = '/routers/mac-027700000001';

  it('signs the owner in, whose address is not that of Caddy', async () => {
    const person = somebody({ email: 'you@example.com' });
    deployment.issuer.person = person;
    // As the page does before it shows a pairing code: this issuer does not say when the person signed in.
    await deployment.browse('/auth/sign-in?fresh=true', '--location');
    expect(await ask('/me')).toMatchObject({ email: person.email });
    expect((await ask('/sessions')).items).toMatchObject([{ ip_address: INTERNET4 }]);
  });

  it('links a router over HTTPS, and a block really drops packets', async () => {
    const { lab, clients, browse } = deployment;
    const [one, two] = clients;
    // A stock image's wget checks certificates; busybox's does not. The authority is one that the image trusts.
    await install(lab, 'wget');
    cpSync(at(AUTHORITY), join(lab.root, 'etc/authority.crt'));
    writeFileSync(join(lab.root, 'etc/wgetrc'), 'ca_certificate = /etc/authority.crt\n');
    const { install_line } = await write('/pairing-codes');
    expect(install_line).toContain(`https://${DOMAIN}/install.sh`);
    expect(await lab.image.run('sh', '-c', install_line)).toMatchObject({ code: 0, stderr: '' });
    await eventually(async () => (await ask(base)).is_connected === true);
    await eventually(async () => (await browse(`/api/v1${base}/devices`)).includes(one.mac));
    expect(await reaches(one, INTERNET4)).toBe(true);

    await write(`${base}/blocks`, { device_mac: one.mac });
    await eventually(async () => (await ask(`${base}/policy`)).delivery.state === 'applied');
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
  });

  it('shows an event at once: a stream is not held back, though the browser takes gzip', async () => {
    await sh(`curl -sS --no-buffer --compressed --cacert ${AUTHORITY} --cookie /root/cookies \\
      https://${DOMAIN}/api/v1/events >/root/stream 2>&1 & echo $! >/root/stream.pid`);
    const received = () => readFileSync(at('root/stream'), 'utf8');
    await eventually(async () => received().includes(':'));
    const before = received().length;
    await write(`${base}/scan`);
    await expect.poll(() => received().slice(before)).toContain('router.');
    await sh('kill $(cat /root/stream.pid)');
  });
});
