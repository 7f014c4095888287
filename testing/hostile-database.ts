/** SQLite databases that were tampered with. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Makes `devices.db` by these statements; the schema itself may be written, as in any file that somebody made. */
export function makeDatabase(folder: string, statements: string): void {
  const database = new DatabaseSync(join(folder, 'devices.db'), { defensive: false });
  database.exec(statements);
  database.close();
}

/** A table `devices` with rows, whose schema is replaced afterwards: reading then computes what it says. */
export function tamperedDevices(schema: string, rows = 1): string {
  return `
    create table devices (a);
    insert into devices with recursive n (i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n;
    pragma writable_schema = on;
    update sqlite_master set sql = '${schema.replaceAll("'", "''")}' where name = 'devices';`;
}
