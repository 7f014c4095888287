/** The schema calls it an ordinary table on a page of its own. */
import { makeDatabase, tamperedDevices } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a virtual table, devices,/,
  make: (folder) =>
    makeDatabase(
      folder,
      tamperedDevices('CREATE /* an ordinary */ VIRTUAL TABLE devices USING fts5 (a)'),
    ),
};
