/** A record of 400,000 levels. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json, table devices, record 1 is nested deeper than 64/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'devices.json'),
      `{"devices": {"1": ${'['.repeat(400_000)}${']'.repeat(400_000)}}}`,
    ),
};
