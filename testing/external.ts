import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapeLiteral } from 'pg';
import { afterAll } from 'vitest';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { withClient } from '../src/database/roles.ts';

/** A server on which NetPilot has made nothing, as an operator has one. */
export type ExternalServer = {
  /** As the operator, a superuser. */
  operate: (...statements: string[]) => Promise<void>;
  /** Creates a login with these attributes (`createrole`), and a database that it owns; returns the way in. */
  createLogin: (name: string, attributes?: string) => Promise<DatabaseAddress>;
};

/** Starts one for the test file that awaits it at its top level; stopped after the file's tests. */
export async function startExternalServer(): Promise<ExternalServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'netpilot-external-'));
  const { addresses, leave } = await joinEmbeddedServer({ dataFolder, settings: ['fsync=off'] });
  afterAll(async () => {
    await leave();
    await rm(dataFolder, { recursive: true });
  });
  const superuser = { ...addresses.admin, database: 'postgres' };
  const operate = (...statements: string[]) =>
    withClient(superuser, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  return {
    operate,
    createLogin: async (name, attributes = '') => {
      const password = randomBytes(16).toString('hex');
      await operate(
        `create role ${name} login ${attributes} password ${escapeLiteral(password)}`,
        `create database ${name} owner ${name}`,
      );
      return { ...superuser, database: name, user: name, password };
    },
  };
}
