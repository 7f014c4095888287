/** A view of the name that is looked for, which never ends. */
import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a view, devices,/,
  make: (folder) =>
    makeDatabase(
      folder,
      `create view devices as with recursive n (i) as (select 1 union all select i + 1 from n)
       select '10.0.0.1' as ip, i as mac from n`,
    ),
};
