import type { Config } from '../config/config.ts';
import { errorCode } from '../error-code.ts';
import { withClient } from '../database/roles.ts';
import { type Finding, type Subject, fail, reasonOf, runCheck } from './check.ts';
import { CLUSTER_CHECKS } from './cluster.ts';
import { DATABASE_CHECKS, type Opened } from './database.ts';
import { MACHINE_CHECKS } from './machine.ts';
import { NETWORK_CHECKS } from './network.ts';

/** A frozen server is reported, not waited for. */
const LONGEST_QUERY_MS = 5_000;

/** Runs every check that applies, and changes nothing. */
export async function examine(config: Config, opened: Opened): Promise<Finding[]> {
  let { problem } = opened;
  if (opened.reached !== undefined) {
    const { secretKey } = opened.reached;
    const { admin, service } = opened.reached.addresses;
    try {
      return await withClient(
        admin,
        (client) => runChecks({ config, database: { client, service, secretKey } }),
        { queryTimeoutMs: LONGEST_QUERY_MS },
      );
    } catch (error) {
      problem = fail(reasonOf(error), howToConnect(error));
    }
  }
  const findings = await runChecks({ config });
  return problem === undefined ? findings : [{ check: 'database', ...problem }, ...findings];
}

/** One after the other, because the checks of the database share a connection. */
async function runChecks(subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of [...DATABASE_CHECKS, ...NETWORK_CHECKS, ...CLUSTER_CHECKS, ...MACHINE_CHECKS])
    findings.push(...(await runCheck(check, subject)));
  return findings;
}

/** What to do about a database that cannot be connected to, by PostgreSQL's reason (SQLSTATE). */
function howToConnect(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const settings = 'check the DB_ settings or DATABASE_URL: `netpilot config` shows them.';
  const fixes: Readonly<Record<string, string>> = {
    '53300':
      'raise max_connections in postgresql.conf (each process of NetPilot takes up to 30), or end other programs that connect.',
    '57P03': 'wait until PostgreSQL has started, and run this again.',
    '28P01': `correct the login or its password, or pg_hba.conf: ${settings}`,
    '28000': `correct the login or its password, or pg_hba.conf: ${settings}`,
    '3D000': `create the database (deploy/postgresql/logins.sql), or correct its name: ${settings}`,
  };
  return fixes[errorCode(cause) ?? ''] ?? `start PostgreSQL, and ${settings}`;
}
