/** A link to what never ends. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json is a symbolic link, not a file/,
  commandLineOnly: true,
  make: (folder) => symlinkSync('/dev/zero', join(folder, 'devices.json')),
};
