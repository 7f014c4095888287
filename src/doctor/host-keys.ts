import type { Client } from 'pg';
import { OWNER_ROLE } from '../config/database-address.ts';
import { hostKeyCredential } from '../fleet/openwrt/host-key.ts';
import { fingerprintText, parsePublicKey } from '../routers/public-key.ts';
import { type Result, ok, warn } from './check.ts';

/** A host key that the database keeps; `isOurs` if this SECRET_KEY made it. */
export type KeptHostKey = { fingerprint: string; isOurs: boolean };

/** The ed25519 host keys (each has an RSA key beside it), the oldest first; none before the first start, or for the service's own login. */
export async function readHostKeys(client: Client, secretKey: string): Promise<KeptHostKey[]> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('server_keys') is not null and pg_has_role($1, 'member') as found`,
    [OWNER_ROLE],
  );
  if (exists.rows[0]?.found !== true) return [];
  try {
    await client.query(
      `begin; set local role ${OWNER_ROLE}; set local netpilot.maintenance = 'on'`,
    );
    const { rows } = await client.query<{ public_key: string; is_ours: boolean }>(
      "select public_key, credential_hash = $1 as is_ours from server_keys where public_key like 'ssh-ed25519 %' order by created_at",
      [hostKeyCredential(secretKey, 'ed25519')],
    );
    return rows.map(({ public_key, is_ours }) => ({
      fingerprint: fingerprintText(parsePublicKey(public_key)),
      isOurs: is_ours,
    }));
  } finally {
    await client.query('rollback');
  }
}

/** Whether the routers that were linked first know the key that the service has with this SECRET_KEY. */
export function judgeHostKeys(keys: readonly KeptHostKey[]): Result[] {
  const [first] = keys;
  if (first === undefined) return [];
  if (first.isOurs) return [ok(`Routers know ${first.fingerprint}.`)];
  const ours = keys.find(({ isOurs }) => isOurs);
  const now =
    ours === undefined
      ? 'will have another one'
      : `has ${ours.fingerprint}, which only routers linked since then know`;
  return [
    warn(
      `SECRET_KEY is not that of the first start: the routers linked then know ${first.fingerprint}, but the service ${now}. They stay away.`,
      'set the SECRET_KEY of then (with the embedded database: `secretKey` in secrets.json), or link those routers again.',
    ),
  ];
}
