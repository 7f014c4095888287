/** An export with a row of 60 MB. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /export\.json, table user_settings, record 1 has \d+ bytes; \d+ at most are read/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'export.json'),
      `{"format": "netpilot-export", "version": 1, "user_settings": [{"setting_value": "${'x'.repeat(60_000_000)}"}]}`,
    ),
};
