/** 8 KB: a row of it takes hours to read. */
import { makeDatabase, tamperedDevices } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db has a generated column, b of devices/,
  make: (folder) =>
    makeDatabase(
      folder,
      tamperedDevices(
        `CREATE TABLE devices(a, b generated always as (instr(hex(zeroblob(100000000)), hex(zeroblob(1000000))||'1')) virtual)`,
      ),
    ),
};
