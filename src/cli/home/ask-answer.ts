import { type Command, Argument } from 'commander';
import type { paths } from '../../../client/src/client.ts';
import { NotFoundError } from '../../errors.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { describeReason } from './access-text.ts';
import { dataOf } from './api.ts';
import { onHome } from './connection.ts';
import { requireHome } from './homes.ts';
import { findPerson } from './people.ts';
import { openSession } from './session.ts';
import { formatTime, parseDuration, sayTime } from './time.ts';

type AskList = paths['/api/v1/homes/{home_id}/asks']['get']['responses'][200]['content'];
export type Ask = AskList['application/json']['items'][number];
type Answered =
  paths['/api/v1/homes/{home_id}/asks/{id}/answer']['post']['responses'][200]['content']['application/json'];

/** `netpilot ask list` and `answer` */
export function addAskAnswers(ask: Command): void {
  onHome(ask.command('list'))
    .description('list who has asked for more time and waits for an answer')
    .option('--all', 'those too that were answered, of the last 30 days')
    .action(list)
    .addHelpText(...examples(['netpilot ask list', 'who waits for an answer']));
  onHome(ask.command('answer'))
    .description('grant or refuse what a person has asked for last')
    .argument('<person>', 'who asked')
    .addArgument(new Argument('<answer>', 'whether they get it').choices(['yes', 'no']))
    .option('--for <duration>', 'with yes: another time than they asked for: 20m, 1h')
    .option('--end-pauses', 'with yes: put off pauses of everyone and of networks as well')
    .action(answer)
    .addHelpText(
      ...examples(
        ['netpilot ask answer Tim yes', 'as long as he asked for'],
        ['netpilot ask answer Tim yes --for 20m', 'less'],
        ['netpilot ask answer Tim no', 'not this time'],
      ),
    );
}

async function list({ all }: { all?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const { id: home_id } = requireHome(session);
  const { items } = await dataOf(
    session.api.GET('/api/v1/homes/{home_id}/asks', {
      params: { path: { home_id }, query: { state: all === true ? 'all' : 'open' } },
    }),
  );
  printResult(session.json, items, () =>
    items.length === 0
      ? 'Nobody waits for an answer.'
      : formatTable(
          ['WHO', 'HOW LONG', 'WHEN', 'WHY', 'ANSWER'],
          items.map((ask) => [
            ask.person_name,
            `${ask.minutes} min`,
            formatTime(ask.asked_at, session.clock),
            ask.message ?? '',
            ask.answer === 'granted' ? `granted: ${ask.granted_minutes} min` : (ask.answer ?? '-'),
          ]),
        ),
  );
}

async function answer(
  who: string,
  said: string,
  { for: duration, endPauses }: { for?: string; endPauses?: boolean },
  command: Command,
): Promise<void> {
  const minutes = duration === undefined ? undefined : parseDuration(duration, '--for');
  const session = await openSession(command);
  const { api, clock } = session;
  const home = requireHome(session);
  const { id: person_id, name } = await findPerson(api, home, who);
  const path = { home_id: home.id };
  const { items } = await dataOf(
    api.GET('/api/v1/homes/{home_id}/asks', { params: { path, query: { state: 'open' } } }),
  );
  const open = items.find((ask) => ask.person_id === person_id);
  if (open === undefined) throw new NotFoundError('ask of', name);
  const answered = await dataOf(
    api.POST('/api/v1/homes/{home_id}/asks/{id}/answer', {
      params: { path: { ...path, id: open.id } },
      body: {
        answer: said === 'yes' ? 'granted' : 'refused',
        end_pauses: endPauses === true,
        ...(minutes !== undefined && { minutes }),
      },
    }),
  );
  printResult(session.json, answered, () =>
    printable(describeAnswer(answered, (iso) => sayTime(iso, clock))),
  );
}

/** What it means, also that it does not help, in sentences. */
export function describeAnswer(answered: Answered, say: (iso: string) => string): string {
  const { person_name, granted_until, still_blocked, pauses, effect } = answered;
  if (granted_until === null) return `${person_name} does not get more time.`;
  const put = pauses.map(({ name, resumes_at }) => {
    const pause = name === null ? 'A pause' : `The pause ${name}`;
    return `${pause} ${resumes_at === null ? 'has ended' : `goes on ${say(resumes_at)}`}.`;
  });
  const blocked = still_blocked.map(
    (device) => `${device.name} still has no internet: ${describeReason(device.because)}.`,
  );
  const none =
    effect === 'none' && blocked.length === 0 ? [`No device is ${person_name}'s yet.`] : [];
  const granted = `${person_name} ${effect === 'none' ? 'was granted time' : 'has internet'} until ${say(granted_until)}.`;
  return [granted, ...put, ...blocked, ...none].join(' ');
}
