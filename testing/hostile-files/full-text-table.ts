import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a virtual table, devices,/,
  make: (folder) =>
    makeDatabase(
      folder,
      `create virtual table devices using fts5 (ip, mac); insert into devices values ('10.0.0.1', 'x');`,
    ),
};
