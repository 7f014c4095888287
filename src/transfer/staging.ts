import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { createCopyRows } from './copy-rows.ts';
import type { Device } from './legacy/device.ts';
import type { Entry } from './legacy/entry.ts';
import type { Remark } from './remarks.ts';
import { runStatement } from './statements.ts';

/** A record that was not imported, as it is listed and kept. */
export type Reject = {
  file: string;
  key: string;
  field: string;
  value: string | null;
  reason: string;
} & Pick<Remark, 'code' | 'values'>;

/** Temporary tables, filled by COPY as the files are read. `source` is the number of a file's table. */
export type Staging = {
  device: (source: number, device: Device) => void;
  entry: (source: number, list: 'whitelist' | 'blacklist' | 'block', entry: Entry) => void;
  /** Something without a table of its own, as JSON, for the setting of that key. */
  kept: (source: number, settingKey: string, element: string) => void;
  reject: (source: number, reject: Reject, record: string) => void;
  /** A row of an export, as JSON. */
  row: (source: number, table: string, key: string, record: string) => void;
  /** Sends what has piled up, if it is enough to be worth it. Reading goes on while it travels. */
  flush: () => Promise<void>;
  /** Sends the rest, and waits until all of it is there. */
  finish: () => Promise<void>;
};

const WORTH_SENDING = 1_048_576;
const TABLES = ['devices', 'entries', 'kept', 'rejects', 'rows'] as const;
type Table = (typeof TABLES)[number];

export async function createStaging(client: Client): Promise<Staging> {
  await runStatement(client, 'create-staging');
  const rows = {
    devices: createCopyRows(),
    entries: createCopyRows(),
    kept: createCopyRows(),
    rejects: createCopyRows(),
    rows: createCopyRows(),
  };
  let order = 0;
  let underWay: Promise<void> = Promise.resolve();
  const begin = (table: Table, columns: number, source: number) => {
    const target = rows[table];
    target.begin(columns);
    target.smallint(source);
    target.integer(order);
    order += 1;
    return target;
  };
  const send = async (table: Table) => {
    await underWay;
    underWay = copy(client, table, rows[table].take());
    // It is awaited before the next one; until then nobody has to handle it.
    underWay.catch(() => undefined);
  };
  return {
    device: (source, device) => {
      const target = begin('devices', 10, source);
      target.identity(device.mac, device.ip);
      target.macaddr(device.mac);
      target.inet(device.ip);
      target.text(device.hostname);
      target.text(device.deviceName);
      target.timestamptz(device.firstSeen);
      target.timestamptz(device.lastSeen);
      target.boolean(device.isRouter);
    },
    entry: (source, list, entry) => {
      const target = begin('entries', 9, source);
      target.text(list);
      target.identity(entry.mac, entry.ip);
      target.macaddr(entry.mac);
      target.inet(entry.ip);
      target.text(entry.name);
      target.text(entry.remark);
      target.timestamptz(entry.at);
    },
    kept: (source, settingKey, element) => {
      const target = begin('kept', 4, source);
      target.text(settingKey);
      target.text(element);
    },
    reject: (source, reject, record) => {
      const target = begin('rejects', 8, source);
      target.text(reject.file);
      target.text(reject.key);
      target.text(reject.field);
      target.text(reject.value);
      target.text(reject.reason);
      target.text(record);
    },
    row: (source, table, key, record) => {
      const target = begin('rows', 5, source);
      target.text(table);
      target.text(key);
      target.text(record);
    },
    flush: async () => {
      for (const table of TABLES) if (rows[table].size() >= WORTH_SENDING) await send(table);
    },
    finish: async () => {
      for (const table of TABLES) if (rows[table].size() > 0) await send(table);
      await underWay;
    },
  };
}

async function copy(client: Client, table: Table, bytes: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`copy staged_${table} from stdin (format binary)`));
  stream.end(bytes);
  await finished(stream);
}
