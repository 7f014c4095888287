/**
 * What bin/release runs to sign: `sign-agent.ts [SECRET] [FOLDER]` prints the signature of the agent in FOLDER (default: agent/), as
 * routers get it. Without a file of the secret key, its text is in RELEASE_KEY.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import { readAgentFile } from '../../src/fleet/openwrt/agent-program.ts';
import { isSignedRelease, signRelease } from '../../src/fleet/openwrt/release-signature.ts';

const [file = '', folder = join(PROJECT_FOLDER, 'agent')] = process.argv.slice(2);
const secret = file === '' ? (process.env['RELEASE_KEY'] ?? '') : readFileSync(file, 'utf8');
const program = await readAgentFile('netpilot-agent', folder);
const signature = signRelease(program, secret);
if (!isSignedRelease(program, signature, readFileSync(join(folder, 'release.pub'), 'utf8')))
  throw new Error('That key is not the one whose public half is agent/release.pub.');
process.stdout.write(`${signature}\n`);
