/** A text that is never closed, of 200 MB. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json, table devices, record 1 goes on for \d+ bytes without an end/,
  make: (folder) => {
    const file = join(folder, 'devices.json');
    writeFileSync(file, '{"devices": {"1": {"hostname": "');
    for (let megabytes = 0; megabytes < 200; megabytes += 1)
      appendFileSync(file, 'x'.repeat(1_048_576));
  },
};
