/** The program that links a router, and the line that a person pastes to run it. */
import { createHash } from 'node:crypto';
import { cellOfCode, hashCode } from '../../routers/code.ts';
import { nameCell } from '../../secret-cell.ts';
import { readAgentFile } from './agent-program.ts';

/** Where a router finds the service, and the SSH host keys that it may find at the routers' port. */
export type Origin = { url: string; hostKeys: readonly string[] };

/** `install.sh` as it is served: it knows where it came from, and accepts only these files and host keys. */
export async function readInstaller({ url, hostKeys }: Origin): Promise<string> {
  const [program, agent, init] = await Promise.all([
    readAgentFile('install.sh'),
    readAgentFile('netpilot-agent'),
    readAgentFile('netpilot.init'),
  ]);
  const values: Record<string, string> = {
    URL: url,
    HOST_KEYS: hostKeys.join('\n'),
    AGENT_SHA256: sha256(agent),
    INIT_SHA256: sha256(init),
  };
  return program.replaceAll(/@([A-Z\d_]+)@/g, (all, name: string) => values[name] ?? all);
}

/**
 * The line to paste. It names the code's hash, so that the page knows that it was run. It runs the script only if its SHA-256 is right: what was hashed is what runs, as both are one
 * variable of the shell. No two spaces are beside each other, which a page, or a message, would show as one. It ends with the code, so that a word can follow, and is shorter than the 512 characters
 * that OpenWrt's shell reads (BUSYBOX_DEFAULT_FEATURE_EDITING_MAX_LEN).
 */
export function installLine(url: string, program: string, code: string): string {
  const hash = nameCell(cellOfCode(code), hashCode(code).toString('base64url'));
  return [
    `s=$(wget -qO- '${url}/install.sh?code=${hash}')`,
    `[ "$(printf '%s\\n' "$s" | sha256sum | cut -c-64)" = ${sha256(program)} ] || s='echo "netpilot: the script did not arrive as it should: nothing was run" >&2; exit 1'`,
    `sh -c "$s" sh ${code}`,
  ].join('; ');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
