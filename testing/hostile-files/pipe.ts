/** A reader that opens it waits for ever. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json is a device, pipe or socket, not a file/,
  commandLineOnly: true,
  make: (folder) => {
    execFileSync('mkfifo', [join(folder, 'devices.json')]);
  },
};
