/**
 * The agent beside other versions of nft, busybox and dropbear: those of Debian's suites, which are near to OpenWrt's (bookworm to 22.03 and
 * 23.05, trixie to 24.10, sid to 25.12). Skipped by name where Debian's mirror is out of reach, or a suite is gone.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import { configure, converse } from './conversation.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { reaches } from './probe.ts';

const CACHE = join(PROJECT_FOLDER, 'node_modules/.cache/netpilot/suites');
/** nft of bullseye, 0.9.8, is older than any OpenWrt's with nftables, and knows no port's name in quotes: there the table has no ports. */
const SUITES = [
  { suite: 'bullseye', hasPorts: false },
  { suite: 'bookworm', hasPorts: true },
  { suite: 'trixie', hasPorts: true },
  { suite: 'sid', hasPorts: true },
];
const NO_MIRROR =
  /Temporary failure|Could not (?:resolve|connect)|does not have a Release file|404|unmet dependencies/;

/** Unpacks what a suite has, once; gives its folder, or why there is none. */
async function unpack(suite: string): Promise<{ folder: string } | { missing: string }> {
  const folder = join(CACHE, suite);
  const script = join(import.meta.dirname, 'suite.sh');
  try {
    await promisify(execFile)('sh', [script, suite, folder, 'nftables', 'busybox-static']);
  } catch (error) {
    if (!NO_MIRROR.test(String(error))) throw error;
    return { missing: `Debian's ${suite} is out of reach` };
  }
  return { folder };
}

const reason = whyNoLab() ?? (existsSync('/usr/bin/apt-get') ? undefined : 'not Debian');

describe.skipIf(reason)(
  `the versions of Debian's suites${reason ? ` (not run: ${reason})` : ''}`,
  async () => {
    if (reason) return;
    const lab = await createLab(1);
    afterAll(() => lab[Symbol.asyncDispose]());
    const [one] = lab.clients;
    if (!one) throw new Error('the lab has a client');
    const unpacked = await Promise.all(
      SUITES.map(async (known) => ({ ...known, ...(await unpack(known.suite)) })),
    );
    const program = await readAgentFile('netpilot-agent');

    describe.each(unpacked)('$suite', (found) => {
      /** Puts its busybox in the place of the image's, and its nft. */
      async function useSuite(
        { skip }: { skip: (note: string) => void },
        hasNft = true,
      ): Promise<void> {
        if ('missing' in found) {
          skip(found.missing);
          return;
        }
        const place = '/mnt/router/usr/libexec/lab';
        await lab.router.run('rm', '-rf', `${place}/suite`);
        await lab.router.run('cp', '-a', found.folder, `${place}/suite`);
        const nft = '#!/bin/sh\nexec /usr/libexec/lab/suite/run nft "$@"\n';
        if (hasNft) writeFileSync(`${lab.root}/usr/sbin/nft`, nft, { mode: 0o755 });
        else await lab.router.run('sh', '-c', 'cp "$(command -v nft)" /mnt/router/usr/sbin/nft');
        const busybox = ['bin/busybox', 'usr/bin/busybox'].map((path) =>
          join(found.folder, 'root', path),
        );
        copyFileSync(
          busybox.find((path) => existsSync(path)) ?? '',
          `${lab.root}/usr/libexec/lab/busybox.new`,
        );
        await lab.router.run('mv', `${place}/busybox.new`, `${place}/busybox`);
      }

      it('loads, changes, lists and loads again a table of every shape', async ({ skip }) => {
        await useSuite({ skip });
        const functions = program.slice(0, program.lastIndexOf('\ncase '));
        writeFileSync(`${lab.root}/tmp/functions`, functions);
        copyFileSync(join(import.meta.dirname, 'shapes.sh'), `${lab.root}/tmp/shapes.sh`);
        const facts = found.hasPorts
          ? 'plain whole-owner-queues whole-owner-queues-rates whole-owner-queues-rates-nets plain-rates-nets'
          : 'plain plain-rates';
        const shapes = ['/tmp/shapes.sh', '/tmp/functions', facts];
        const { stdout, stderr } = await lab.image.run('sh', ...shapes);
        expect(stdout + stderr).toBe(`${found.hasPorts ? 47 : 22} shapes\n`);
      });

      it('holds a conversation: a document, a scan, a block', async ({ skip }) => {
        await useSuite({ skip }, found.hasPorts);
        configure(lab);
        await using agent = converse(lab);
        await agent.expect(/^hello /);
        await agent.apply(5, 'mode none', 'limit -', 'full -', `block ${one.mac}`);
        expect(await reaches(one, INTERNET4)).toBe(false);
        agent.tell('scan 1', 'status 2');
        expect(await agent.expect(/^device /)).toContain(` ${await one.ip4()} `);
        await agent.expect(/^scanned 1 /);
        expect(await agent.expect(/^status /)).toBe('status 2 5 intact nft');
        await agent.apply(6, 'mode whitelist', 'limit 0', 'full -', `list ${one.mac}`);
        expect(await reaches(one, INTERNET4)).toBe(true);
        await agent.apply(7, 'mode none', 'limit -', 'full -');
        await lab.router.run('nft', 'delete', 'table', 'inet', 'netpilot');
        expect(readFileSync(`${lab.root}/etc/netpilot/policy`, 'utf8')).toContain('apply 7 3');
      });
    });
  },
);
