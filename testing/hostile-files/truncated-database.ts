/** Its last pages are missing. */
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db.*(malformed|damaged)/,
  make: (folder) => {
    makeDatabase(
      folder,
      `create table devices (ip, mac, last_seen);
       insert into devices with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)
       select '10.0.0.1', null, '2025-06-01T12:00:00' from n;`,
    );
    const path = join(folder, 'devices.db');
    truncateSync(path, statSync(path).size / 2);
  },
};
