/** The schema calls the view a table. */
import { makeDatabase, tamperedDevices } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal:
    /devices\.db cannot be read as a SQLite database: malformed database schema|devices\.db has a view/,
  make: (folder) =>
    makeDatabase(
      folder,
      tamperedDevices(
        'CREATE VIEW devices AS with recursive n (i) as (select 1 union all select i + 1 from n) select i as a from n',
      ),
    ),
};
