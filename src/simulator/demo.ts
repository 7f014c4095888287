/** The simulated router that a first start has, so that there is something to see. */
import { join } from 'node:path';
import { enterByEmail, findUserByEmail } from '../accounts/users.ts';
import type { Database } from '../database/pool.ts';
import { becomeTenant, signInTransaction } from '../database/transaction.ts';
import type { RouterAccess } from '../api/app.ts';
import { findKeyHolder } from '../routers/keys.ts';
import { createPairingCode } from '../routers/pairing-codes.ts';
import { parsePublicKey } from '../routers/public-key.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { createHome } from './home.ts';
import {
  type Identity,
  makeIdentity,
  readIdentity,
  routerIdOf,
  writeIdentity,
} from './identity.ts';
import { register } from './register.ts';
import { settleIn } from './settle-in.ts';

const DEVICES = 12;
const NAME = 'Simulated router';

export type DemoOptions = {
  /** Where the router's key is kept. */
  dataFolder: string;
  database: Database;
  /** Where NetPilot is served: the router is linked there as a real one is. */
  url: string;
  access: RouterAccess;
  /** Whose router it is; made if there is no such user. */
  email: string;
};

/**
 * Starts the simulated router of a data folder, the same one each time. Undefined where the person has
 * unlinked or deleted it: then it stays away.
 */
export async function startDemo(options: DemoOptions): Promise<Fleet | undefined> {
  const { dataFolder, database, access } = options;
  const file = join(dataFolder, 'simulated-router.json');
  const identity = readIdentity(file) ?? makeIdentity();
  const { fingerprint } = parsePublicKey(identity.public_key);
  const holder = await findKeyHolder(database, fingerprint);
  if (holder?.state === 'unlinked') return undefined;
  if (holder === undefined) {
    // First, so that a start that is cut short leaves no second router behind.
    await writeIdentity(file, identity);
    await link(identity, options);
  }
  return startFleet({ access, identities: [identity], devices: DEVICES });
}

async function link(identity: Identity, { database, url, email }: DemoOptions): Promise<void> {
  const { code, user_id } = await signInTransaction(
    database,
    { subject: '', email },
    async (transaction) => {
      const { id } =
        (await findUserByEmail(transaction, email)) ?? (await enterByEmail(transaction, email));
      await becomeTenant(transaction, id);
      return { user_id: id, ...(await createPairingCode(transaction, id)) };
    },
  );
  const home = createHome(identity.number, DEVICES);
  const router_id = routerIdOf(home);
  await register(url, { code, router_id, public_key: identity.public_key, name: NAME });
  await settleIn(database, { user_id, router_id }, home);
}
