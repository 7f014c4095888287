/** What the Commands-Server dials a router with: the router's pinned host key, and a client key for this router only. */
import { type OfRouter, type RouterDial, dialOf } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { deriveKey, seal, unseal } from '../sealing.ts';
import { makeKeyPairOf } from '../ssh-key.ts';
import { revokeKeys } from './keys.ts';
import { type PublicKey, fingerprintText } from './public-key.ts';
import {
  type CodeUse,
  activateRouter,
  recordLinked,
  refuseSecondRouter,
  requireRoomForRouter,
  useCode,
} from './registration.ts';
import { forgetApplied } from './unlinking.ts';

/** What a router that will be dialled sends when it is linked. */
export type DialledRegistration = CodeUse & {
  /** The key of its SSH server, by which it is recognised when it is dialled. */
  hostKey: PublicKey;
  name?: string | undefined;
  /** Its address, if known; stored unless a person has set another. */
  address: string | undefined;
};

/**
 * Links a router that will be dialled to the user who asked for the code, like `registerRouter` does one that dials in.
 * @returns clientKey: the public key that it must let in, made for this linking
 */
export function registerDialledRouter(
  database: Database,
  secretKey: string,
  { hostKey, name, address, ...use }: DialledRegistration,
): Promise<{ userId: string; routerId: string; clientKey: string }> {
  const registered = (router: OfRouter, clientKey: string) => ({
    userId: router.user_id,
    routerId: router.router_id,
    clientKey,
  });
  return useCode(database, use, {
    repeat: async (transaction, router) => {
      const dial = await findDial(transaction, router);
      return dial?.host_key === hostKey.line ? registered(router, dial.client_key) : undefined;
    },
    link: async (transaction, router, homeId) => {
      await requireRoomForRouter(transaction, router);
      await refuseSecondRouter(transaction, router, [hostKey, use.previousKey]);
      await activateRouter(transaction, router, name, homeId);
      await revokeKeys(transaction, router);
      const clientKey = await replaceDial(transaction, router, hostKey, secretKey);
      if (address !== undefined) await suggestAddress(transaction, router, address);
      await forgetApplied(transaction, router);
      await recordLinked(transaction, router, { host_key_fingerprint: fingerprintText(hostKey) });
      return registered(router, clientKey);
    },
  });
}

/** How a router is dialled; undefined if it dials in itself. */
export function findDial(
  transaction: TenantTransaction,
  router: OfRouter,
): Promise<RouterDial | undefined> {
  return dialOf(transaction, router).executeTakeFirst();
}

/** The private key that the router lets in. Throws if it was sealed with another SECRET_KEY. */
export function clientKeyOf({ sealed_client_key }: RouterDial, secretKey: string): string {
  return unseal(sealed_client_key, sealingKey(secretKey));
}

async function replaceDial(
  transaction: TenantTransaction,
  router: OfRouter,
  hostKey: PublicKey,
  secretKey: string,
): Promise<string> {
  // A router with an RSA host key may have a dropbear that reads no other kind.
  const { publicKey, privateKey } = await makeKeyPairOf(hostKey.kind);
  const keys = {
    host_key: hostKey.line,
    client_key: publicKey,
    sealed_client_key: seal(privateKey, sealingKey(secretKey)),
    problem: null,
  };
  await transaction
    .insertInto('router_dials')
    .values({ ...router, ...keys })
    .onConflict((conflict) => conflict.columns(['user_id', 'router_id']).doUpdateSet(keys))
    .execute();
  return publicKey;
}

async function suggestAddress(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  address: string,
): Promise<void> {
  await transaction
    .updateTable('user_routers')
    .set({ router_ip: address })
    .where((row) => row.and({ user_id, router_id }))
    .where('router_ip', 'is', null)
    .where('tunnel_port', 'is', null)
    .execute();
}

function sealingKey(secretKey: string): Buffer {
  return deriveKey(secretKey, 'router client key sealing');
}
