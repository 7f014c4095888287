/** 8 KB: its 200 rows have 100 MB each. */
import { makeDatabase, tamperedDevices } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a generated column, b of devices/,
  make: (folder) =>
    makeDatabase(
      folder,
      tamperedDevices(
        'CREATE TABLE devices(a, b generated always as (zeroblob(100000000)) virtual)',
        200,
      ),
    ),
};
