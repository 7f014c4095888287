/** An archive by another name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /nothing to import in .*export\.json/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'export.json'),
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(1_000, 0x55)]),
    ),
};
