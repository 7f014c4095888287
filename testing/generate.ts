/** Writes src/database/schema.generated.ts and schema.sql from a freshly migrated database: `npm run generate`. */
import { writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';
import { SCHEMA_TEXT_FILE, describeSchema } from './schema-text.ts';
import { SCHEMA_FILE, generateSchema } from './schema.ts';

const dataFolder = await mkdtemp(join(tmpdir(), 'netpilot-generate-'));
const server = await joinEmbeddedServer({ dataFolder, settings: ['fsync=off'] });
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  await writeFile(SCHEMA_FILE, await generateSchema(server.addresses.admin));
  await writeFile(SCHEMA_TEXT_FILE, await describeSchema(server.addresses.admin));
} finally {
  await server.leave();
  await rm(dataFolder, { recursive: true });
}
