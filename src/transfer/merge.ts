import { lockPolicy, writeConfiguration } from './configuration.ts';
import { addCounts, addNote, addRows, type Counted, type Import } from './context.ts';
import { remark } from './problem.ts';
import { queryStatement, runStatement } from './statements.ts';

/** Brings what is staged into the tables of one router, and counts what became of it. */
export async function mergeStaged(context: Import): Promise<void> {
  // First of all, as scans do: what is planned for a device still holds when it is written.
  const policy = await lockPolicy(context.client);
  await mergeDevices(context);
  const listsChanged = await mergeEntries(context);
  await runStatement(context.client, 'find-new-kept');
  addRows(context, 'user_settings', await runStatement(context.client, 'write-kept'));
  await countMerged(context, 'count-kept');
  await writeConfiguration(context, policy, listsChanged);
  await warnOfEmptyList(context);
}

async function mergeDevices(context: Import): Promise<void> {
  const { client } = context;
  await runStatement(client, 'recognise-staged');
  await client.query('analyze staged_devices; analyze staged_entries');
  for (const step of ['add-listed-devices', 'merge-devices', 'plan-devices', 'find-lost-addresses'])
    await runStatement(client, step);
  await client.query('analyze planned_devices; analyze lost_addresses');
  const released = await runStatement(client, 'release-addresses');
  const outdated = await runStatement(client, 'release-scanned');
  const updated = await runStatement(client, 'update-devices');
  const inserted = await runStatement(client, 'insert-devices');
  const addresses = await runStatement(client, 'write-device-addresses');
  addRows(context, 'user_devices', released + updated + inserted);
  addRows(context, 'device_addresses', outdated + addresses);
  await countMerged(context, 'count-devices');
}

/** Gives whether the router now has something else to do. */
async function mergeEntries(context: Import): Promise<boolean> {
  const { client } = context;
  await runStatement(client, 'merge-entries');
  let inserted = 0;
  for (const names of [
    { list: 'whitelist', remark: 'description', at: 'added_at' },
    { list: 'blacklist', remark: 'reason', at: 'blocked_at' },
  ]) {
    const added = await runStatement(client, 'insert-listed', names);
    // The new ones are complete.
    const completed = await runStatement(client, 'complete-listed', names);
    addRows(context, `user_${names.list}s`, added + completed);
    inserted += added;
  }
  const blocks = await runStatement(client, 'insert-blocks');
  addRows(context, 'user_blocked_devices', blocks);
  await countMerged(context, 'count-entries');
  return inserted + blocks > 0;
}

/** A whitelist without entries limits everything: a person should know before the router links. */
async function warnOfEmptyList(context: Import): Promise<void> {
  if (context.modeFile === undefined) return;
  const { rows } = await context.client.query<{ mode: string }>(
    `select mode from router_policies
     where router_id = current_setting('netpilot.router_id') and mode <> 'none' and not exists (
       select from policy_targets t where t.router_id = router_policies.router_id and t.kind = mode and t.is_active)`,
  );
  for (const { mode } of rows) addNote(context, context.modeFile, remark('empty_list', { mode }));
}

async function countMerged(context: Import, statement: string): Promise<void> {
  addCounts(context, await queryStatement<Counted>(context.client, statement));
}
