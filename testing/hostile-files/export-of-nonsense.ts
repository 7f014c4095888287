/** An export with a row that is too long to be parsed before PostgreSQL does it, and is not JSON. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /export\.json has something that cannot be stored/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'export.json'),
      `{"format": "netpilot-export", "version": 1, "user_settings": [{"setting_value": [${'nonsense, '.repeat(500_000)}]}]}`,
    ),
};
