/** One real PostgreSQL for all test files, with one migrated database that each copies for itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { DatabaseAddresses } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    template: DatabaseAddresses;
  }
}

export default async function setup(project: TestProject) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'netpilot-test-'));
  // Only the data of tests: nothing here has to survive a power cut.
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=300',
  ];
  const server = await joinEmbeddedServer({ dataFolder, settings });
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  project.provide('template', server.addresses);
  return async () => {
    await server.leave();
    rmSync(dataFolder, { recursive: true });
  };
}
