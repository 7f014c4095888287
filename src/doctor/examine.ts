import type { Config } from '../config/config.ts';
import { withClient } from '../database/roles.ts';
import { type Finding, type Subject, fail, reasonOf, runCheck } from './check.ts';
import { DATABASE_CHECKS, type Opened } from './database.ts';
import { MACHINE_CHECKS } from './machine.ts';
import { NETWORK_CHECKS } from './network.ts';

/** Runs every check that applies, and changes nothing. */
export async function examine(config: Config, opened: Opened): Promise<Finding[]> {
  let { problem } = opened;
  if (opened.addresses !== undefined) {
    const { admin, service } = opened.addresses;
    try {
      return await withClient(admin, (client) =>
        runChecks({ config, database: { client, service } }),
      );
    } catch (error) {
      const fix =
        'start PostgreSQL, and check the DB_ settings or DATABASE_URL: `netpilot config` shows them.';
      problem = fail(reasonOf(error), fix);
    }
  }
  const findings = await runChecks({ config });
  return problem === undefined ? findings : [{ check: 'database', ...problem }, ...findings];
}

/** One after the other, because the checks of the database share a connection. */
async function runChecks(subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of [...DATABASE_CHECKS, ...NETWORK_CHECKS, ...MACHINE_CHECKS])
    findings.push(...(await runCheck(check, subject)));
  return findings;
}
