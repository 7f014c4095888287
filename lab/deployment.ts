/** A release, and the server that docs/deploy.md puts it on. */
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { VERSION } from '../src/config/version.ts';
import { type Issuer, startIssuer } from '../testing/issuer.ts';
import { expose } from './cloud.ts';
import { type Client, createLab, INTERNET4, type Lab, type Result } from './lab.ts';
import { type Server, bootServer } from './server.ts';

export const DOMAIN = 'netpilot.example.com';
/** The root certificate of Caddy's own authority, on the server. */
export const AUTHORITY = '/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt';
export const DOWNLOADS = '/root/downloads';
const PAGE = readFileSync(join(PROJECT_FOLDER, 'docs/deploy.md'), 'utf8');

export type Deployment = AsyncDisposable & {
  lab: Lab;
  /** Two devices behind the lab's router. */
  clients: [Client, Client];
  server: Server;
  /** Known to NetPilot as the issuer of people's identities. */
  issuer: Issuer;
  /** The archive that was made, here; what SHA256SUMS is beside. */
  archive: string;
  /** The folder in it: `netpilot-0.1.0+656683b739`. */
  release: string;
  /** Runs a script on the server as the page's reader does: as root, in the folder of downloads. Throws if it fails. */
  sh: (script: string) => Promise<string>;
  /** Runs the page's commands of a section, for the release that was made or another one. */
  follow: (section: string, block?: number, release?: string) => Promise<string>;
  /** From behind the router, with the name of step 1 and a certificate that is checked. */
  curl: (...parameters: string[]) => Promise<Result>;
  /** As people sign in, from the server itself: only there is the issuer. Gives the content; throws if the status is 400 or more. */
  browse: (path: string, ...parameters: string[]) => Promise<string>;
};

/** Makes a release, boots the server, and gives both the name of step 1. */
export async function prepareDeployment(): Promise<Deployment> {
  const made = mkdtempSync(join(tmpdir(), 'netpilot-release-'));
  const release = join(PROJECT_FOLDER, 'bin/release');
  const archive = (await promisify(execFile)(release, [made])).stdout.trim();
  const lab = await createLab(2);
  const server = await bootServer(lab);
  mkdirSync(join(server.root, DOWNLOADS));
  for (const file of readdirSync(made))
    cpSync(join(made, file), join(server.root, DOWNLOADS, file));
  for (const root of [server.root, lab.root])
    appendFileSync(join(root, 'etc/hosts'), `${INTERNET4} ${DOMAIN}\n`);
  const issuer = await startIssuer(`https://${DOMAIN}/auth/callback`);
  const port = Number(new URL(issuer.url).port);
  await expose(lab, port, port, '127.0.0.1');
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  return {
    lab,
    clients: [one, two],
    server,
    issuer,
    archive,
    ...commandsOn(server, basename(archive).replace(/-linux-\w+\.tar\.gz$/, '')),
    curl: (...parameters) => {
      const resolve = `${DOMAIN}:443:${INTERNET4}`;
      const certificate = join(server.root, AUTHORITY);
      return one.run('curl', '-sS', '--resolve', resolve, '--cacert', certificate, ...parameters);
    },
    [Symbol.asyncDispose]: async () => {
      await issuer.stop();
      await server[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
      rmSync(made, { recursive: true });
    },
  };
}

function commandsOn(
  server: Server,
  release: string,
): Pick<Deployment, 'release' | 'sh' | 'follow' | 'browse'> {
  const sh: Deployment['sh'] = async (script) => {
    const { code, stdout, stderr } = await server.run('sh', '-euc', `cd ${DOWNLOADS}\n${script}`);
    if (code === 0) return stdout;
    const journal = await server.run('journalctl', '--lines=50', '--no-pager');
    throw new Error(`${script}\nended with ${code}:\n${stdout}\n${stderr}\n${journal.stdout}`);
  };
  return {
    release,
    sh,
    follow: (section, block = 0, of = release) => {
      const commands = commandsOf(section)[block];
      if (commands === undefined) throw new Error(`docs/deploy.md has no commands ${block} there`);
      return sh(commands.replaceAll(`=netpilot-${VERSION} `, `=${of} `));
    },
    browse: (path, ...parameters) => {
      const cookies = '--cookie /root/cookies --cookie-jar /root/cookies';
      const rest = parameters.map((parameter) => `'${parameter}'`).join(' ');
      return sh(
        `curl -sS --fail-with-body --cacert ${AUTHORITY} ${cookies} ${rest} 'https://${DOMAIN}${path}'`,
      );
    },
  };
}

/** A section's text, by the beginning of its heading (`## 3. `). */
function textOf(heading: string): string {
  const start = PAGE.indexOf(`\n${heading}`);
  if (start < 0) throw new Error(`docs/deploy.md has no section ${heading}`);
  const end = PAGE.indexOf('\n## ', start + 1);
  return PAGE.slice(start, end < 0 ? undefined : end);
}

/** The blocks of shell commands of a section, as the page has them. */
export function commandsOf(heading: string): string[] {
  return Array.from(
    textOf(heading).matchAll(/^( *)```sh\n([^]*?)^ *```/gm),
    ([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** The settings of a section: its lines NAME=value, indented. */
export function settingsOf(heading: string): string {
  return Array.from(textOf(heading).matchAll(/^ {4}([A-Z_]+=.*\n)/gm), ([, line]) => line).join('');
}
