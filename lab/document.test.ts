/** What the agent's compiler makes of a document at an instant is what `accessIn` says: windows, rates, blocks and lists. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FEATURES } from '../src/routers/features.ts';
import { writeDocument } from '../src/fleet/openwrt/document-lines.ts';
import { type DocumentAccess, accessIn, nextSwitch } from '../src/policy/document-access.ts';
import type { PolicyDocument } from '../src/policy/document.ts';
import { timedDocument, WEEK } from '../testing/documents.ts';

const AGENT = join(import.meta.dirname, '../agent');
const PARTS = ['patterns', 'windows', 'rates', 'everybody', 'compile'];
const PROGRAM = PARTS.map((part) => readFileSync(join(AGENT, `${part}.awk`), 'utf8')).join('\n');
const NAMES = [
  'blocked',
  'rated',
  'listed',
  'to_rated',
  'up_rate',
  'down',
  'shut',
  'spared',
  'strange',
  'known',
];

const work = mkdtempSync(join(tmpdir(), 'netpilot-document-'));
afterAll(() => rmSync(work, { recursive: true }));

/** Those that a document may name by MAC, half of them guests. What it names by address, no device has. */
const devices = Array.from({ length: 4 }, (_, index) => ({
  mac: `02:00:00:00:00:0${index + 1}`,
  ip: `10.0.0.${index + 1}`,
  network: index < 2 ? 'lan' : 'guest',
}));

type Compiled = { table: string; next: string; sets: Map<string, Map<string, string>> };

function compile(document: PolicyDocument, instant: number): Compiled {
  const facts = devices.map(({ mac, ip, network }) => `device ${mac} ${ip} br-${network}`);
  const networks = ['lan', 'guest'].flatMap((name) => [
    `lan br-${name}`,
    `network br-${name} ${name}`,
    `enters ${name}1 br-${name}`,
  ]);
  const lines = writeDocument(document, new Set(FEATURES));
  const files = {
    facts: [...networks, 'own 02:77:00:00:00:01', ...facts],
    document: ['apply 1 1', ...lines, 'end 1'],
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(work, name), `${content.join('\n')}\n`);
  const outputs = ['switches', 'structure', 'elements', 'change', 'whole', 'refused'];
  const variables = [
    `epoch=${instant}`,
    'owner=',
    'expected=',
    ...outputs.map((name) => `${name}=${name}`),
  ];
  execFileSync(
    'busybox',
    [
      'awk',
      ...variables.flatMap((variable) => ['-v', variable]),
      PROGRAM,
      'kind=facts',
      'facts',
      'kind=document',
      'document',
      'kind=table',
      join(AGENT, 'table.nft'),
    ],
    { cwd: work },
  );
  const read = (name: string) => readFileSync(join(work, name), 'utf8');
  const added = [...read('elements').matchAll(/^add element inet netpilot np_(\w+) \{ (.*) \}$/gm)];
  const sets = new Map(
    added.map(([, name = '', content = '']) => {
      const entries = content.split(', ').map((entry) => entry.split(' : '));
      return [name, new Map(entries.map(([key = '', value = '']) => [key, value]))];
    }),
  );
  return { table: read('structure'), next: read('switches').split(' ')[0] ?? '', sets };
}

/** Bytes a second of a bucket, as a rate in bits; 0 for one that lets nothing pass. */
function rateOf({ table }: Compiled, bucket: string | undefined): number | null {
  if (bucket === undefined) return null;
  const name = bucket.replaceAll('"', '');
  const found = new RegExp(`^limit ${name} \\{ rate over (\\d+) bytes/second( burst)?`, 'm');
  const [, bytes, burst] = found.exec(table) ?? [];
  return burst === undefined ? 0 : Number(bytes) * 8;
}

/** What the sets of the table give a device that is named by its MAC, at its address, or one that is named by that alone. */
function accessOf(
  compiled: Compiled,
  { mac, ip, network }: { mac?: string; ip: string; network?: string },
): DocumentAccess {
  const has = (set: string, key: string) => compiled.sets.get(set)?.has(key) ?? false;
  const rate = (set: string, key: string) => rateOf(compiled, compiled.sets.get(set)?.get(key));
  if (mac === undefined) {
    if (has('blocked4', ip)) return { isBlocked: true, down: 0, up: 0 };
    return { isBlocked: false, down: rate('down4', ip), up: rate('up_rate4', ip) };
  }
  if (has('blocked', mac)) return { isBlocked: true, down: 0, up: 0 };
  const [lan, port] = [`"br-${network}"`, `"${network}1"`];
  for (const [set, spared] of [
    ['shut', 'spared'],
    ['strange', 'known'],
  ] as const) {
    expect([has(set, port), has(`${set}_to`, lan)]).toEqual([has(set, lan), has(set, lan)]);
    if (has(set, lan) && !has(spared, mac)) return { isBlocked: true, down: 0, up: 0 };
  }
  if (has('rated', mac))
    return { isBlocked: false, down: rate('down4', ip), up: rate('up_rate', mac) };
  const isDenied = compiled.table.includes('ether saddr != @np_listed') && !has('listed', mac);
  if (isDenied) return { isBlocked: true, down: 0, up: 0 };
  const down = rate('down4', ip);
  return { isBlocked: false, down, up: down }; // of a mode: both directions alike
}

/** What holds of an address that is on no network. */
function offNetworks(document: PolicyDocument): PolicyDocument {
  const timed = document.timed.filter(({ kind }) => kind !== 'net' && kind !== 'new');
  return { ...document, networks: [], newcomers: [], timed };
}

describe('the compiler on the router', () => {
  it(`knows the sets that this test reads: ${NAMES.join(', ')}`, () => {
    const table = readFileSync(join(AGENT, 'table.nft'), 'utf8');
    for (const name of NAMES) expect(table).toContain(` np_${name}`);
  });

  it('gives each device at each instant what accessIn says, and the same next switch', () => {
    fc.assert(
      fc.property(timedDocument, fc.nat(8 * WEEK), (document, instant) => {
        const compiled = compile(document, instant);
        expect(compiled.next).toBe(String(nextSwitch(document, instant) ?? '-'));
        for (const device of devices)
          expect(accessOf(compiled, device)).toEqual(
            accessIn(document, device.mac, instant, device.network),
          );
        if (document.mode !== 'none') return; // a mode has no rate for an address that no device has
        for (const ip of ['192.168.77.11', '192.168.77.12', '192.168.77.13', '192.168.77.14'])
          expect(accessOf(compiled, { ip })).toEqual(accessIn(offNetworks(document), ip, instant));
      }),
      { numRuns: 200 },
    );
  });

  it('changes elements alone when a window opens or closes', () => {
    fc.assert(
      fc.property(timedDocument, fc.nat(8 * WEEK), fc.nat(8 * WEEK), (document, one, other) => {
        expect(compile(document, one).table).toBe(compile(document, other).table);
      }),
      { numRuns: 100 },
    );
  });
});
