import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SpreadSequencer } from './testing/sequencer.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['testing/global-setup.ts'],
    // For what hangs, never for what is slow: a test must not fail because the machine is busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    pool: 'forks',
    // Most of a file's time went to loading the program again: a file that changes its process puts that back.
    isolate: false,
    // Compiled once for all of the many processes that tests start.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/netpilot') },
    // Two more than CI has cores: the lab, and whoever starts servers, waits more than it works.
    maxWorkers: 4,
    sequence: { sequencer: SpreadSequencer },
  },
});
