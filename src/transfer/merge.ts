import type { Client } from 'pg';
import type { Book, Counted } from './book.ts';
import { lockPolicy, writeConfiguration } from './configuration.ts';
import type { Carried } from './documents.ts';
import { queryStatement, runStatement } from './statements.ts';

/** Brings what is staged into the tables of one router, and counts what became of it. */
export async function mergeStaged(
  client: Client,
  carried: readonly Carried[],
  book: Book,
): Promise<void> {
  // First of all, as scans do: what is planned for a device is still so when it is written.
  const policy = await lockPolicy(client);
  await mergeDevices(client, book);
  const listsChanged = await mergeEntries(client, book);
  await mergeKept(client, book);
  await writeConfiguration(client, carried, policy, listsChanged, book);
}

async function mergeDevices(client: Client, book: Book): Promise<void> {
  await runStatement(client, 'recognise-staged');
  await client.query('analyze staged_devices; analyze staged_entries');
  await runStatement(client, 'add-listed-devices');
  for (const step of ['merge-devices', 'plan-devices', 'find-lost-addresses']) {
    await runStatement(client, step);
  }
  await client.query('analyze planned_devices; analyze lost_addresses');
  const released = await runStatement(client, 'release-addresses');
  const outdated = await runStatement(client, 'release-scanned');
  const updated = await runStatement(client, 'update-devices');
  const inserted = await runStatement(client, 'insert-devices');
  const addresses = await runStatement(client, 'write-device-addresses');
  book.rowsWritten('user_devices', released + updated + inserted);
  book.rowsWritten('device_addresses', outdated + addresses);
  book.count(await queryStatement<Counted>(client, 'count-devices'));
}

/** Gives whether the router has something else to do now. */
async function mergeEntries(client: Client, book: Book): Promise<boolean> {
  await runStatement(client, 'merge-entries');
  let changed = false;
  for (const list of ['whitelist', 'blacklist'] as const) {
    const inserted = await runStatement(client, `insert-${list}`);
    // Before the new ones there is nothing to complete in them: they are whole.
    const completed = await runStatement(client, `complete-${list}`);
    book.rowsWritten(`user_${list}s`, inserted + completed);
    changed ||= inserted > 0;
  }
  const blocks = await runStatement(client, 'insert-blocks');
  book.rowsWritten('user_blocked_devices', blocks);
  book.count(await queryStatement<Counted>(client, 'count-entries'));
  return changed || blocks > 0;
}

async function mergeKept(client: Client, book: Book): Promise<void> {
  await runStatement(client, 'find-fresh-kept');
  book.rowsWritten('user_settings', await runStatement(client, 'write-kept'));
  book.count(await queryStatement<Counted>(client, 'count-kept'));
}
