import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import {
  generate,
  GenericExpressionNode,
  IdentifierNode,
  PostgresDialect as Introspected,
} from 'kysely-codegen';
import { Pool } from 'pg';
import type { DatabaseAddress } from '../src/config/database-address.ts';

/** The one source of the tables' TypeScript types, generated from the migrated database. */
export const SCHEMA_FILE = join(import.meta.dirname, '../src/database/schema.generated.ts');

/** The content SCHEMA_FILE should have for this database. */
export async function generateSchema(address: DatabaseAddress): Promise<string> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ ...address, max: 1 }) }),
  });
  try {
    return await generate({
      db,
      dialect: new Introspected(),
      excludePattern: 'kysely_*',
      typeMapping: { timestamptz: 'string', int8: 'number', inet: 'string', macaddr: 'string' },
      // A trigger gives it.
      overrides: {
        columns: {
          'user_routers.home_id': new GenericExpressionNode('Generated', [
            new IdentifierNode('string'),
          ]),
        },
      },
    });
  } finally {
    await db.destroy();
  }
}
