/** The agent that this server has, as an update for routers: only if the release key has signed it (docs/decisions/0033). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/config.ts';
import { isOlder } from '../../routers/newest-agent.ts';
import { readAgentFile } from './agent-program.ts';
import { isSignedRelease } from './release-signature.ts';

export type AgentRelease = {
  /** Three numbers. */
  version: string;
  program: string;
  /** In base64. */
  signature: string;
};

/** Undefined if it is not signed, or not as it was when it was signed: no router would take it. */
export async function readAgentRelease(
  folder = join(PROJECT_FOLDER, 'agent'),
): Promise<AgentRelease | undefined> {
  const [program, publicKey, signature] = await Promise.all([
    readAgentFile('netpilot-agent', folder),
    readFile(join(folder, 'release.pub'), 'utf8'),
    readFile(join(folder, 'netpilot-agent.sig'), 'utf8').catch(() => ''),
  ]);
  const [, version] = /^VERSION=(\d+\.\d+\.\d+)$/m.exec(program) ?? [];
  const line = signature.trim();
  if (version === undefined || !isSignedRelease(program, line, publicKey)) return undefined;
  return { version, program, signature: line };
}

/** Whether a version is later than another one; false if one of them is not three numbers. */
export function isLaterVersion(version: string, than: string): boolean {
  const areNumbers = [version, than].every((text) => /^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(text));
  return areNumbers && isOlder(than, version);
}
