/** A link to a file of the machine. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json is a symbolic link, not a file/,
  commandLineOnly: true,
  make: (folder) => symlinkSync('/etc/passwd', join(folder, 'devices.json')),
};
