import type { Command } from 'commander';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { describeInternet } from './access-text.ts';
import { dataOf } from './api.ts';
import { type Ask, addAskAnswers } from './ask-answer.ts';
import { onHome } from './connection.ts';
import { type NamedHome, requireHome } from './homes.ts';
import { type Session, openSession } from './session.ts';
import { type Clock, formatTime, parseDuration } from './time.ts';

/** `netpilot ask` */
export function addAsk(program: Command): void {
  const asking = onHome(program.command('ask'))
    .description(
      'ask those who may allow it for more time: what a child of a home can do; or list and answer what was asked',
    )
    .summary('ask for more time, or answer who asks')
    .argument('<duration>', 'how long: 30m, 1h')
    .option('--message <text>', 'why')
    .action(ask)
    .addHelpText(
      ...examples(['netpilot ask 30m --message "homework is done"', 'once in 5 minutes']),
    );
  addAskAnswers(asking);
}

async function ask(
  duration: string,
  { message }: { message?: string },
  command: Command,
): Promise<void> {
  const minutes = parseDuration(duration, 'duration');
  const session = await openSession(command);
  const { id: home_id } = requireHome(session);
  const asked = await dataOf(
    session.api.POST('/api/v1/homes/{home_id}/asks', {
      params: { path: { home_id } },
      body: { minutes, ...(message !== undefined && { message }) },
    }),
  );
  printResult(session.json, asked, () => `You have asked for ${minutes} minutes more.`);
}

/** `netpilot status` of a child: what holds for their own devices. */
export async function showOwn({ api, json, clock }: Session, home: NamedHome): Promise<void> {
  const path = { params: { path: { home_id: home.id } } };
  const own = await dataOf(api.GET('/api/v1/homes/{home_id}/me', path));
  const devices = own.devices.map(
    ({ name, access }) =>
      `  ${printable(name ?? '?')}: ${printable(describeInternet(access, clock))}`,
  );
  const none = '  No device is yours yet: somebody who may manage this home can say which are.';
  printResult(json, own, () =>
    [
      `${printable(own.person?.name ?? 'You')} in ${printable(home.name)}`,
      ...(devices.length === 0 ? [none] : devices),
      ...describeLastAsk(own.last_ask, clock),
    ].join('\n'),
  );
}

/** What somebody asked longer ago says nothing of today. */
const RECENT_MS = 24 * 60 * 60 * 1_000;

function describeLastAsk(last: Ask | null, clock: Clock): string[] {
  if (last === null || clock.now.epochMilliseconds - Date.parse(last.asked_at) > RECENT_MS)
    return [];
  const asked = `You asked for ${last.minutes} minutes, ${formatTime(last.asked_at, clock)}`;
  if (last.answer === null) return [`${asked}: nobody has answered yet.`];
  const by = last.answered_by_name === null ? '' : ` by ${printable(last.answered_by_name)}`;
  const until =
    last.granted_until === null ? '' : `, until ${formatTime(last.granted_until, clock)}`;
  return [`${asked}: ${last.answer}${by}${until}.`];
}
