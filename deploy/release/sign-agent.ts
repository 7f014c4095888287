/** What bin/release --sign runs: sign-agent.ts SECRET prints the signature of the agent, as routers get it. */
import { readFileSync } from 'node:fs';
import { readAgentFile } from '../../src/fleet/openwrt/agent-program.ts';
import { isSignedRelease, signRelease } from '../../src/fleet/openwrt/release-signature.ts';

const [secretFile = ''] = process.argv.slice(2);
const program = await readAgentFile('netpilot-agent');
const publicKey = readFileSync(new URL('../../agent/release.pub', import.meta.url), 'utf8');
const signature = signRelease(program, readFileSync(secretFile, 'utf8'));
if (!isSignedRelease(program, signature, publicKey))
  throw new Error('That key is not the one whose public half is agent/release.pub.');
process.stdout.write(`${signature}\n`);
