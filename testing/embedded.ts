import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import {
  type EmbeddedOptions,
  type EmbeddedServer,
  joinEmbeddedServer,
} from '../src/database/embedded/server.ts';

/** Data folders for one test file, in a folder that every user can enter; gone after the file's tests. */
export type DataFolders = {
  root: string;
  /** A folder, by this name, with a cluster at rest. */
  filled: (name: string) => string;
  /** Joins the server of a folder; left after the test. */
  join: (dataFolder: string, options?: Partial<EmbeddedOptions>) => Promise<EmbeddedServer>;
};

/** Made for the test file that awaits it at its top level. */
export async function createDataFolders(): Promise<DataFolders> {
  const root = mkdtempSync(join(tmpdir(), 'netpilot-embedded-'));
  chmodSync(root, 0o755);
  afterAll(() => rmSync(root, { recursive: true }));
  // Made once: a copy is quicker than a cluster of its own for each test.
  const prototype = join(root, 'prototype');
  await (await joinEmbeddedServer({ dataFolder: prototype })).leave();
  return {
    root,
    filled: (name) => {
      execFileSync('cp', ['-a', prototype, join(root, name)]);
      return join(root, name);
    },
    join: async (dataFolder, options) => {
      const server = await joinEmbeddedServer({ dataFolder, settings: ['fsync=off'], ...options });
      onTestFinished(server.leave);
      return server;
    },
  };
}
