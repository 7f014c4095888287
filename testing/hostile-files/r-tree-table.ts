import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a virtual table, devices,/,
  make: (folder) =>
    makeDatabase(
      folder,
      'create virtual table devices using rtree (id, low, high); insert into devices values (1, 2, 3);',
    ),
};
