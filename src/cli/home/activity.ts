import type { Command } from 'commander';
import { type Event, followEvents, type paths } from '../../../client/src/client.ts';
import { Interrupted, untilInterrupted } from '../interruption.ts';
import { examples } from '../options.ts';
import { printNote, printResult, printable } from '../output.ts';
import { type Api, dataOf, explain } from './api.ts';
import { onHome } from './connection.ts';
import { describeAction, loadNames, type Names } from './action-text.ts';
import { parseCount, readPages } from './pages.ts';
import { type Session, openSession } from './session.ts';
import { type Clock, clockIn, formatTime, parsePast } from './time.ts';

export type AuditEntry =
  paths['/api/v1/audit']['get']['responses'][200]['content']['application/json']['items'][number];

/** `netpilot activity` */
export function addActivity(program: Command): void {
  onHome(program.command('activity'))
    .description('list who did what, the newest last; or follow what happens')
    .option('--follow', 'go on until Ctrl-C with what happens, also on the network')
    .option('--count <number>', 'how many entries', parseCount, 20)
    .option('--since <time>', 'only from this time on: 2h, 7d, 14:30 or 2026-11-27')
    .option('--about <subject>', 'only these: device, block, rule, router … or device.changed')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot activity', 'the last 20'],
        ['netpilot activity --about block --since 7d', 'who blocked what this week'],
        ['netpilot activity --follow', 'as it happens; with --json a line for each'],
      ),
    );
}

type Options = { follow?: boolean; count: number; since?: string; about?: string };

async function run({ follow, count, since, about }: Options, command: Command): Promise<void> {
  const session = await openSession(command);
  if (follow === true) return followActivity(session);
  const { api, json, clock } = session;
  const entries = await listEntries(api, {
    count,
    ...(since !== undefined && { since: parsePast(since, '--since', clock) }),
    ...(about !== undefined && { action: about }),
  });
  const names = json ? undefined : await loadNames(session);
  printResult(json, { activity: entries }, () =>
    names === undefined || entries.length === 0
      ? 'Nothing.'
      : entries.map((entry) => describeEntry(entry, names, clock)).join('\n'),
  );
}

/** The newest ones, in the order in which they happened. */
async function listEntries(
  api: Api,
  { count, ...filter }: { count: number; since?: string; action?: string },
): Promise<AuditEntry[]> {
  const entries = await readPages({ most: count, atOnce: 200 }, (page) =>
    dataOf(api.GET('/api/v1/audit', { params: { query: { ...filter, ...page } } })),
  );
  return entries.toReversed();
}

const TIME_WIDTH = 16;
const BRINGS_NAMES = /\.(?:discovered|changed|created|linked|merged|joined)$/;

function describeEntry(entry: AuditEntry, names: Names, clock: Clock): string {
  const when = formatTime(entry.at, clock).padEnd(TIME_WIDTH);
  return `${when}  ${printable(describeAction({ ...entry, type: entry.action, data: entry.details }, names))}`;
}

/** Prints each event until Ctrl-C, which is the way to end it. */
async function followActivity(session: Session): Promise<void> {
  const { login, homeId, json, clock } = session;
  let names = await loadNames(session);
  const onEvent = async (event: Event) => {
    if (json) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
      return;
    }
    // What is new has a name only now.
    if (BRINGS_NAMES.test(event.type)) names = await loadNames(session);
    const when = formatTime(event.at, clockIn(clock.zone)).padEnd(TIME_WIDTH);
    process.stdout.write(`${when}  ${printable(describeAction(event, names))}\n`);
  };
  const onReady = () => printNote(json, 'Waiting for what happens; Ctrl-C ends it.');
  const following = untilInterrupted(async (signal) => {
    const access = { ...login, home: homeId };
    for await (const event of followEvents(access, { signal, onReady })) await onEvent(event);
  });
  await following.catch(explain).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
}
