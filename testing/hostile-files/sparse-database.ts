/** 20 GB, of which the disk has almost nothing. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has 20000000000 bytes; 536870912 at most are read/,
  commandLineOnly: true,
  make: (folder) => {
    writeFileSync(join(folder, 'devices.db'), 'SQLite format 3\0');
    truncateSync(join(folder, 'devices.db'), 20_000_000_000);
  },
};
