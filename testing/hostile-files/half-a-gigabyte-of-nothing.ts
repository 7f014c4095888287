/** As much of nothing as an upload may have. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json, table devices, record 1 goes on for \d+ bytes without an end/,
  commandLineOnly: true,
  make: (folder) => {
    writeFileSync(join(folder, 'devices.json'), '{"devices": {"1": {"hostname": "');
    truncateSync(join(folder, 'devices.json'), 500_000_000);
  },
};
