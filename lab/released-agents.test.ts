/** Agents as they were released (testing/released-agents), on a router, with the server's side of today. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OPEN_DOCUMENT } from '../src/policy/document.ts';
import { startAgent } from './agent-session.ts';
import { configure } from './conversation.ts';
import { createLab, INTERNET4, whyNoLab } from './lab.ts';
import { reaches } from './probe.ts';

const reason = whyNoLab();
const RELEASED = join(import.meta.dirname, '../testing/released-agents');

describe.skipIf(reason)(`agent 1.2.0${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(1);
  configure(lab);
  const program = readFileSync(join(RELEASED, '1.2.0'));
  writeFileSync(`${lab.root}/usr/sbin/netpilot-agent`, program);
  const agent = await startAgent(lab);
  const { session, complaints } = agent;
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  const [one] = lab.clients;
  if (!one) throw new Error('the lab has a client');

  it('is known to be able to do nothing that came later', () => {
    expect(session.capabilities).toMatchObject({ version: '1.2.0', features: new Set() });
  });

  it('is sent only what it understands, and does it', async () => {
    expect(await session.apply(1, { ...OPEN_DOCUMENT, blocked: [one.mac] })).toMatchObject({
      isApplied: true,
    });
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await session.status()).toEqual({
      revision: 1,
      state: 'intact',
      limiter: 'nft',
      clock: null,
    });
    expect(await session.apply(2, OPEN_DOCUMENT)).toMatchObject({ isApplied: true });
    expect(await reaches(one, INTERNET4)).toBe(true);
    expect(await session.scan()).toContainEqual(
      expect.objectContaining({ mac: one.mac, ip: await one.ip4(), online: true }),
    );
    expect(complaints).toEqual([]);
  });
});
