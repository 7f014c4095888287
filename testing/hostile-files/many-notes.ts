/** Each record has something else to be noted. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /netpilot\.json gives more than 1000 different notes/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'netpilot.json'),
      JSON.stringify({
        things: Array.from({ length: 20_000 }, (_, index) => ({ [`token_${index}`]: index })),
      }),
    ),
};
