import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SCOPES } from '../../api/access.ts';
import type { Config } from '../../config/config.ts';
import { UnavailableError } from '../../errors.ts';
import { parseJson } from '../../parse-json.ts';
import { type Login, readOwn, writeOwn } from './stored-login.ts';

/** How long a token of the command line works. */
const MINUTES = 60;
/** One that ends within this time is not used any more. */
const REST_MS = 60_000;

/** A token of the command line, kept beside the database that it is for; `isNamed` if `--user` said whose it is. */
type Kept = Login & { email: string; isNamed: boolean; until: number };

/**
 * The service that runs on this machine's data folder, with a token for one of its users that works for an hour: who can read the folder
 * can read everything in it. It is kept in the folder, so that the audit has one entry an hour. Undefined if no database runs
 * here. Throws UnavailableError if it runs without a service, InvalidInputError if the user must be named.
 */
export async function enterHere(
  config: Config,
  email: string | undefined,
): Promise<Login | undefined> {
  const file = join(config.dataFolder, 'command-line.json');
  const kept = readKept(file);
  if (kept !== undefined && (email === undefined ? !kept.isNamed : email === kept.email)) {
    if (await isAccepted(kept)) return kept;
    rmSync(file, { force: true });
  }
  if (!(await runsHere(config))) return undefined;
  const fresh = await makeToken(config, email);
  if (existsSync(config.dataFolder)) writeOwn(file, fresh);
  return fresh;
}

/** Nothing is started, and no data folder is made. */
async function runsHere({ database, dataFolder }: Config): Promise<boolean> {
  if (database.kind === 'external') return true;
  const { layOut } = await import('../../database/embedded/cluster.ts');
  const { findPostmaster } = await import('../../database/embedded/postmaster.ts');
  return findPostmaster(layOut(dataFolder)) !== undefined;
}

async function makeToken(config: Config, wanted: string | undefined): Promise<Kept> {
  const { createToken } = await import('../../accounts/tokens.ts');
  const { tenantTransaction } = await import('../../database/transaction.ts');
  const { findServing } = await import('../../database/serving.ts');
  const { withCurrentDeployment, withService } = await import('../database.ts');
  const { requireActive } = await import('../person.ts');
  return withCurrentDeployment(config, async ({ addresses }) => {
    const [url] = await findServing(addresses.service);
    if (url === undefined)
      throw new UnavailableError(
        'NetPilot does not run on this machine now: start it with `netpilot serve`, or say where it runs with `netpilot login`.',
      );
    const { email, id } = await requireActive(addresses, wanted, '--user');
    const { token } = await withService(addresses.service, (database) =>
      tenantTransaction(database, id, (transaction) =>
        createToken(
          transaction,
          { userId: id, kind: 'operator' },
          { token_name: `netpilot on ${hostname()}`, minutes: MINUTES, scopes: SCOPES },
        ),
      ),
    );
    return {
      url,
      token,
      email,
      isNamed: wanted !== undefined,
      until: Date.now() + MINUTES * 60_000,
    };
  });
}

function readKept(file: string): Kept | undefined {
  const kept: unknown = parseJson(readOwn(file) ?? '');
  return isKept(kept) && kept.until - Date.now() > REST_MS ? kept : undefined;
}

function isKept(value: unknown): value is Kept {
  const types = {
    url: 'string',
    token: 'string',
    email: 'string',
    isNamed: 'boolean',
    until: 'number',
  };
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(types).every(([name, type]) => typeof Reflect.get(value, name) === type)
  );
}

/** The service may run elsewhere by now, and the token may have been ended. */
async function isAccepted({ url, token }: Login): Promise<boolean> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(30_000);
    return (await fetch(`${url}/api/v1/me`, { headers, signal, redirect: 'error' })).ok;
  } catch {
    return false;
  }
}
