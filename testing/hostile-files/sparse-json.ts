/** 20 GB, of which the disk has almost nothing. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json has 20000000000 bytes; 536870912 at most are read/,
  commandLineOnly: true,
  make: (folder) => {
    writeFileSync(join(folder, 'devices.json'), '{"devices": {"1": {"hostname": "');
    truncateSync(join(folder, 'devices.json'), 20_000_000_000);
  },
};
