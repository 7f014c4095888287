import { StringDecoder } from 'node:string_decoder';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DatabaseAddress } from '../config/database-address.ts';
import { NotFoundError } from '../errors.ts';
import { EXPORT_VERSION, EXPORTED_TABLES, type ExportedTable } from './export-tables.ts';
import { openSession } from './session.ts';

/**
 * Gives everything of one user as one JSON document (docs/export-format.md), in pieces, from one moment:
 * later changes are not in it. Neither sessions nor secrets are. Throws NotFoundError if there is no
 * such user.
 * @param address the service's login
 */
export async function* exportUser(
  address: DatabaseAddress,
  userId: string,
): AsyncGenerator<string> {
  const client = await openSession(address, userId, 'repeatable read');
  try {
    yield await header(client, userId);
    for (const table of EXPORTED_TABLES) yield* rowsOf(client, table);
    yield '\n}\n';
  } finally {
    await client.end();
  }
}

async function header(client: Client, userId: string): Promise<string> {
  const { rows } = await client.query<{ email: string; at: string }>(
    `select email, to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from users where id = $1`,
    [userId],
  );
  const [user] = rows;
  if (user === undefined) throw new NotFoundError('user', userId);
  const head = {
    format: 'netpilot-export',
    version: EXPORT_VERSION,
    exported_at: user.at,
    user_id: userId,
    email: user.email,
  };
  return JSON.stringify(head, null, 1).slice(0, -2);
}

/** One table as a list, a row on each line. */
async function* rowsOf(
  client: Client,
  { name, key, exported = {} }: ExportedTable,
): AsyncGenerator<string> {
  // JSON text cannot contain either character: with them as quote and delimiter, CSV leaves it unchanged.
  const computed = Object.entries(exported).map(
    ([column, value]) => ` || jsonb_build_object('${column}', ${value})`,
  );
  const rows = client.query(
    copyTo(
      `copy (select to_jsonb(t)${computed.join('')} from ${name} t order by ${key.join(', ')})
       to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`,
    ),
  );
  yield `,\n "${name}": [`;
  const decoder = new StringDecoder('utf8');
  // A line's end waits until it is known whether another row follows.
  let before = '\n';
  for await (const chunk of rows) {
    const text = Buffer.isBuffer(chunk) ? decoder.write(chunk) : String(chunk);
    if (text === '') continue;
    const ended = text.endsWith('\n');
    yield before + (ended ? text.slice(0, -1) : text).replaceAll('\n', ',\n');
    before = ended ? ',\n' : '';
  }
  yield ']';
}
