import type { Client } from 'pg';
import { OWNER_ROLE } from '../config/database-address.ts';
import { fingerprintText, parsePublicKey } from '../routers/public-key.ts';

/** The fingerprints of the host keys that routers know; none before the first start, or for the service's own login. */
export async function readFingerprints(client: Client): Promise<string[]> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('server_keys') is not null and pg_has_role($1, 'member') as found`,
    [OWNER_ROLE],
  );
  if (exists.rows[0]?.found !== true) return [];
  try {
    await client.query(
      `begin; set local role ${OWNER_ROLE}; set local netpilot.maintenance = 'on'`,
    );
    const { rows } = await client.query<{ public_key: string }>(
      'select public_key from server_keys order by created_at',
    );
    return rows.map(({ public_key }) => fingerprintText(parsePublicKey(public_key)));
  } finally {
    await client.query('rollback');
  }
}
