/** As some editors write it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json is UTF-16, and must be UTF-8/,
  make: (folder) =>
    writeFileSync(join(folder, 'devices.json'), Buffer.from('\uFEFF{"devices": {}}', 'utf16le')),
};
