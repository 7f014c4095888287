import type { Database } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { RouterAccess } from '../api/app.ts';
import { createPairingCode } from '../routers/pairing-codes.ts';
import { parsePublicKey } from '../routers/public-key.ts';
import { linkRouter } from '../routers/registration.ts';
import { createHome } from './home.ts';
import { type Identity, makeIdentity, routerIdOf } from './identity.ts';
import { register } from './register.ts';
import { settleIn } from './settle-in.ts';

const IN_ONE_TRANSACTION = 100;

export type LinkedFleet = { access: RouterAccess; identities: readonly Identity[] };

/**
 * Links simulated routers to a user, the homes 1, 2, 3 and so on. The first over HTTP, as a real one; the
 * others in the database, for more than a few would be refused there. In the first one's home people and rules are set up.
 * @param url where NetPilot is served
 */
export async function linkFleet(
  database: Database,
  {
    userId,
    url,
    routers,
    devices,
  }: { userId: string; url: string; routers: number; devices: number },
): Promise<LinkedFleet> {
  const { code } = await tenantTransaction(database, userId, (transaction) =>
    createPairingCode(transaction, userId),
  );
  const { access, identities } = await linkByCode(url, code);
  const [first] = identities;
  if (first !== undefined) {
    const home = createHome(first.number, devices);
    await settleIn(database, { user_id: userId, router_id: routerIdOf(home) }, home);
  }
  const others = Array.from({ length: routers - 1 }, (_, index) => makeIdentity(index + 2));
  for (let start = 0; start < others.length; start += IN_ONE_TRANSACTION) {
    await tenantTransaction(database, userId, async (transaction) => {
      for (const identity of others.slice(start, start + IN_ONE_TRANSACTION)) {
        const router = { user_id: userId, router_id: routerId(identity) };
        const publicKey = parsePublicKey(identity.public_key);
        await linkRouter(transaction, router, { publicKey, name: nameOf(identity) });
      }
    });
  }
  return { access, identities: [...identities, ...others] };
}

/** Links one simulated router by a code that somebody asked for, as a real one is linked. */
export async function linkByCode(url: string, code: string): Promise<LinkedFleet> {
  const identity = makeIdentity(1);
  const access = await register(url, {
    code,
    router_id: routerId(identity),
    public_key: identity.public_key,
    name: nameOf(identity),
  });
  return { access, identities: [identity] };
}

function routerId({ number }: Identity): string {
  return routerIdOf(createHome(number, 0));
}

function nameOf({ number }: Identity): string {
  return `Simulated router ${number}`;
}
