import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ClientBase } from 'pg';

const MARK = '/* prepared */';

/**
 * Put at the beginning of a statement that runs all the time: each connection then parses and plans it once.
 * For statements of few different texts, because a connection keeps every one, and that name their columns:
 * what `*` stands for may change under a connection's feet, and PostgreSQL then refuses the old plan.
 */
export const PREPARED = sql.raw(`${MARK} `);

/** Lets a new connection give marked statements a name by which the server knows them again. */
export function prepareMarked(client: ClientBase): void {
  const query = client.query.bind(client);
  Object.assign(client, {
    query: (text: unknown, ...rest: unknown[]) =>
      typeof text === 'string' && text.startsWith(MARK)
        ? Reflect.apply(query, client, [
            { name: nameOf(text), text, values: rest[0] },
            ...rest.slice(1),
          ])
        : Reflect.apply(query, client, [text, ...rest]),
  });
}

const names = new Map<string, string>();

/** The same name for the same text: PostgreSQL cuts names at 63 bytes. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
