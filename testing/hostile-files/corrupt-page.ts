/** Noise in the place of a page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db.*(malformed|damaged)/,
  make: (folder) => {
    makeDatabase(
      folder,
      `create table devices (ip, mac, last_seen);
       insert into devices with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
       select '10.0.0.1', null, '2025-06-01T12:00:00' from n;`,
    );
    const path = join(folder, 'devices.db');
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 3 * 4_096, 5 * 4_096);
    writeFileSync(path, bytes);
  },
};
