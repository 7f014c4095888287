/** Millions of empty tables, in some 130 MB. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json (has|gives) more than 100 tables/,
  make: (folder) => {
    const file = join(folder, 'devices.json');
    writeFileSync(file, '{"a": {}');
    for (let name = 0; name < 12_000_000;) {
      let piece = '';
      for (const end = name + 100_000; name < end; name += 1) piece += `,"${name.toString(36)}":{}`;
      appendFileSync(file, piece);
    }
    appendFileSync(file, '}');
  },
};
