/** Seconds of a processor, user and system, that processes have used. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Of Linux, for every program: `getconf CLK_TCK`. */
const TICKS = 100;

type Times = { parent: number; own: number; ended: number };

/** Of a PostgreSQL with all its processes, those that have ended too. */
export function postgresSeconds(dataFolder: string): number {
  const [first = ''] = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
  const postmaster = Number(first);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === postmaster);
  const { own, ended } = timesOf(postmaster) ?? { own: 0, ended: 0 };
  return children.reduce((sum, child) => sum + child.own, own + ended);
}

/** Undefined if it has ended. */
function timesOf(process: number): Times | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${process}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name may have spaces: what follows it begins with the state, the third field of proc(5).
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, userOfEnded = 0, systemOfEnded = 0] = fields.slice(11, 15);
  return { parent, own: (user + system) / TICKS, ended: (userOfEnded + systemOfEnded) / TICKS };
}
