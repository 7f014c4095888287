/** The agent's own `observe` and `compile`, under busybox, on what a router would say: a folder of testing/field-cases. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';

const FOLDER = join(import.meta.dirname, '../testing/field-cases');
const AGENT = await readAgentFile('netpilot-agent');

/** Path of a file of a case. */
export function caseFile(name: string, file: string): string {
  return join(FOLDER, name, file);
}

export type Look = {
  /** What the agent would send: `event online MAC IP NAME`. */
  events: string[];
  /** The scan: `device MAC IP REACH NAME`. */
  devices: string[];
  /** Addresses to ask whether they are still there. */
  asked: string[];
  /** The sets that a document fills, by name; undefined if it was refused. */
  sets: Record<string, string[]> | undefined;
};

/**
 * Looks around once, as `br-lan` of a router where `ip` says what the case has (`addr`, `neigh`).
 * @param document instead of the case's own
 * @param answered addresses that answered when they were last asked
 */
export function look(
  name: string,
  { document, answered = [] }: { document?: string[]; answered?: string[] } = {},
): Look {
  const work = mkdtempSync(join(tmpdir(), 'netpilot-case-'));
  try {
    prepare(work, name, answered);
    const doc = join(work, 'document');
    const own = caseFile(name, 'document');
    writeFileSync(
      doc,
      document === undefined && existsSync(own)
        ? readFileSync(own)
        : (document ?? ['mode none', 'limit -', 'full -']).map((line) => `${line}\n`).join(''),
    );
    const go = `. ${work}/agent.sh; configured; observe >${work}/events 2>&1; cp $RUN/facts.new $RUN/facts; compile ${doc} || echo refused`;
    const environment = { PATH: join(work, 'bin') };
    const said = execFileSync(join(work, 'bin/ash'), ['-c', go], {
      env: environment,
      encoding: 'utf8',
    });
    const lines = (file: string) =>
      readFileSync(join(work, file), 'utf8').split('\n').filter(Boolean);
    return {
      events: lines('events'),
      devices: lines('run/devices'),
      asked: lines('run/stale').map((line) => line.replace(/ .*/, '')),
      sets: said.includes('refused') ? undefined : parseSets(lines('run/elements')),
    };
  } finally {
    rmSync(work, { recursive: true });
  }
}

function prepare(work: string, name: string, answered: readonly string[]): void {
  for (const folder of ['bin', 'etc', 'run', 'sys/br-lan']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  execFileSync('busybox', ['--install', '-s', join(work, 'bin')]);
  rmSync(join(work, 'bin/ip'));
  const command = `#!${work}/bin/ash\ncase $1 in addr) cat ${FOLDER}/${name}/addr ;; *) cat ${FOLDER}/${name}/neigh ;; esac\n`;
  writeFileSync(join(work, 'bin/ip'), command, { mode: 0o755 });
  const program = AGENT.replace(/^ETC=.*/m, `ETC=${work}/etc`)
    .replace(/^RUN=.*/m, `RUN=${work}/run`)
    .replaceAll('/sys/class/net', `${work}/sys`)
    .replaceAll('/etc/config/dhcp', `${work}/dhcp`)
    .replace(/^case \$\{1:-\}[^]*/m, '');
  writeFileSync(join(work, 'agent.sh'), program);
  if (existsSync(caseFile(name, 'dhcp'))) {
    const dhcp = readFileSync(caseFile(name, 'dhcp'), 'utf8');
    writeFileSync(
      join(work, 'dhcp'),
      dhcp.replaceAll(
        /'\/\S*\/(?:dhcp|(odhcpd))\.leases'/g,
        (_, kind = 'dnsmasq') => `'${caseFile(name, `${kind}.leases`)}'`,
      ),
    );
  }
  const leases = existsSync(caseFile(name, 'leases')) ? `leases ${caseFile(name, 'leases')}\n` : '';
  writeFileSync(join(work, 'etc/config'), `router_id mac-027700000001\nlan br-lan\n${leases}`);
  writeFileSync(
    join(work, 'run/answered'),
    answered.map((address) => `answered ${address}\n`).join(''),
  );
  for (const [file, place] of [
    ['policy', 'etc/policy'],
    ['devices', 'run/devices'],
  ] as const) {
    if (existsSync(caseFile(name, file)))
      writeFileSync(join(work, place), readFileSync(caseFile(name, file)));
  }
}

function parseSets(lines: readonly string[]): Record<string, string[]> {
  const added = lines.flatMap((line) => {
    const [, set, elements] = /^add element inet netpilot np_(\w+) \{ (.*) \}$/.exec(line) ?? [];
    return set === undefined || elements === undefined
      ? []
      : [[set, elements.split(', ')] as const];
  });
  const sets: Record<string, string[]> = {};
  for (const [set, elements] of added) (sets[set] ??= []).push(...elements);
  return sets;
}
