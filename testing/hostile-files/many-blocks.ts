/** More blocked devices than any network has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.json gives more than 100000 devices with blocks/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'devices.json'),
      JSON.stringify({
        devices: Array.from({ length: 150_000 }, (_, index) => ({
          ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
          last_seen: '2025-06-01T12:00:00',
          block: true,
        })),
      }),
    ),
};
