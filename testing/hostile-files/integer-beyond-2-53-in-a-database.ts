/** JavaScript would make 9007199254740992 of it. */
import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal:
    /devices\.db.*table devices, record 1, seen \(9007199254740992\) is a whole number beyond/,
  make: (folder) =>
    makeDatabase(
      folder,
      `create table devices (ip, last_seen, seen);
       insert into devices values ('10.0.0.1', '2025-06-01T12:00:00', 9007199254740993);`,
    ),
};
