/** The files that a router fetches while it is linked. The agent is joined from its parts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/config.ts';

const FOLDER = join(PROJECT_FOLDER, 'agent');

export const AGENT_FILES = ['install.sh', 'netpilot-agent', 'netpilot.init'] as const;

/**
 * One file, as the router gets it: `include FILE` stands for a shell file's text, and for any other file it assigns
 * the text to a variable (`observe.awk` becomes `observe_awk`). Rejects if a part can't be read.
 * @param folder where the parts are
 */
export async function readAgentFile(
  name: (typeof AGENT_FILES)[number],
  folder = FOLDER,
): Promise<string> {
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
  const joined = lines.map(async (line) => {
    const [, part] = /^include ([a-z]+\.[a-z]+)$/.exec(line) ?? [];
    if (part === undefined) return line;
    const text = (await readFile(join(folder, part), 'utf8')).trimEnd();
    if (part.endsWith('.sh')) return `\n${text}`;
    return `${part.replace('.', '_')}='${text.replaceAll("'", String.raw`'\''`)}\n'`;
  });
  return (await Promise.all(joined)).join('\n');
}
