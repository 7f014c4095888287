/** JavaScript would make 9007199254740992 of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal:
    /devices\.json, table devices, record 1, seen \(9007199254740992\) is a whole number beyond/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'devices.json'),
      '{"devices": {"1": {"ip": "10.0.0.1", "last_seen": "2025-06-01T12:00:00", "seen": 9007199254740993}}}',
    ),
};
