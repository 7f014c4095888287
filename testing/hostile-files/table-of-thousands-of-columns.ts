import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal: /devices\.db cannot be read as a SQLite database: .*too many columns/,
  make: (folder) =>
    makeDatabase(
      folder,
      `create table devices (${Array.from({ length: 1_900 }, (_, index) => `c${index}`).join(', ')})`,
    ),
};
