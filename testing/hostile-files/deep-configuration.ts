/** A file of settings of 100,000 levels. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /whitelist\.json is nested deeper than 64/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'whitelist.json'),
      `{"Limit_Rate": ${'{"a": '.repeat(100_000)}1${'}'.repeat(100_000)}}`,
    ),
};
