/** A row of 20 MB, which is JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json, table devices, record 1 has \d+ bytes; 1048576 at most are read/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'devices.json'),
      `{"devices": {"1": {"hostname": "${'x'.repeat(20_000_000)}"}}}`,
    ),
};
