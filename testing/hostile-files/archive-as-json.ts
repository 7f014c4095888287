/** An archive by another name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json is not JSON at byte 0/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'devices.json'),
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(1_000, 0x55)]),
    ),
};
