import type { Command } from 'commander';
import { ALERT_KINDS, type ChosenKind } from '../../alerts/kinds.ts';
import type { paths } from '../../../client/src/client.ts';
import { InvalidInputError } from '../../errors.ts';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { parseKinds } from './alert-kinds.ts';
import { dataOf } from './api.ts';
import { onHome } from './connection.ts';
import { listNamedDevices } from './devices.ts';
import { requireHome } from './homes.ts';
import { findNamed } from './names.ts';
import { openSession } from './session.ts';
import { type Clock, formatDays, formatTime, parseDays } from './time.ts';
import { parseWindow } from './window.ts';

type Routes = paths['/api/v1/homes/{home_id}/alert-preferences'];
type Preferences = Routes['get']['responses'][200]['content']['application/json'];
type Wish = NonNullable<Routes['put']['requestBody']>['content']['application/json'];

type Options = {
  off?: boolean;
  letThrough?: ChosenKind[];
  digest?: string | false;
  watch?: string[];
  unwatch?: string[];
};

/** `netpilot alerts quiet` */
export function addQuietHours(alerts: Command): void {
  onHome(alerts.command('quiet'))
    .description('show or set when nothing comes, the weekly digest, and the devices you watch')
    .argument(
      '[windows...]',
      'days and times, such as "daily 22:00-07:00": in place of those before',
    )
    .option('--off', 'no quiet hours')
    .option('--let-through <kinds>', 'what comes all the same, with commas between', parseKinds)
    .option('--digest <time>', 'when the digest of the week comes, such as "sun 18:00"')
    .option('--no-digest', 'no digest of the week')
    .option('--watch <device...>', 'tell me when these come and leave')
    .option('--unwatch <device...>', 'do not any more')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot alerts quiet', 'what holds'],
        ['netpilot alerts quiet "sun-thu 21:30-06:30" "fri,sat 23:30-08:00"', 'the nights'],
        ['netpilot alerts quiet --let-through access_asked', 'a child may ask at night too'],
        ['netpilot alerts quiet --watch "Tim phone"', 'when he comes home'],
      ),
    );
}

async function run(windows: string[], options: Options, command: Command): Promise<void> {
  const quiet_hours = windows.map((text) => parseWindow(text, 'windows'));
  const digest = digestOf(options.digest);
  const session = await openSession(command);
  const { api, json, clock } = session;
  const params = { path: { home_id: requireHome(session).id } };
  const before = await dataOf(api.GET('/api/v1/homes/{home_id}/alert-preferences', { params }));
  const { watch = [], unwatch = [] } = options;
  const isNamed = watch.length + unwatch.length > 0;
  const devices = isNamed ? await listNamedDevices(api) : [];
  const idOf = (text: string) => findNamed(devices, { field: 'device', text, what: 'device' }).id;
  const watched = new Set(before.watched_devices.map(({ device_id }) => device_id));
  for (const name of watch) watched.add(idOf(name));
  for (const name of unwatch) watched.delete(idOf(name));
  const changes = {
    ...((windows.length > 0 || options.off === true) && { quiet_hours }),
    ...(options.letThrough !== undefined && { let_through: options.letThrough }),
    ...(digest !== undefined && { digest }),
    ...(isNamed && { watched_devices: [...watched] }),
  };
  const preferences =
    Object.keys(changes).length === 0
      ? before
      : await dataOf(
          api.PUT('/api/v1/homes/{home_id}/alert-preferences', {
            params,
            body: { ...wishOf(before), ...changes },
          }),
        );
  printResult(json, preferences, () => printable(describe(preferences, clock)));
}

/** What is wanted now, as it is sent. Kinds of a later version of the service cannot be: they are left out. */
function wishOf({ quiet_hours, let_through, digest, watched_devices }: Preferences): Wish {
  return {
    quiet_hours,
    let_through: ALERT_KINDS.filter((kind) => let_through.includes(kind)),
    digest,
    watched_devices: watched_devices.map(({ device_id }) => device_id),
  };
}

/** `sun 18:00`; null for `--no-digest`, undefined if nothing was said. Throws InvalidInputError. */
function digestOf(text: string | boolean | undefined): Wish['digest'] | undefined {
  if (text === undefined || text === true) return undefined;
  if (text === false) return null;
  const [, name = '', time = ''] = /^(\S+)\s+(\d{1,2}:\d{2})$/.exec(text.trim()) ?? [];
  const [day, another] = parseDays(name) ?? [];
  if (day !== undefined && another === undefined) return { day, time: time.padStart(5, '0') };
  throw new InvalidInputError([
    { field: '--digest', value: text, expected: 'a day and a time, such as "sun 18:00"' },
  ]);
}

function describe(preferences: Preferences, clock: Clock): string {
  const { quiet_hours, let_through, digest, watched_devices, quiet_until, held } = preferences;
  const windows = quiet_hours.map(({ days, from, to }) => `${formatDays(days)} ${from}-${to}`);
  return [
    windows.length === 0 ? 'No quiet hours.' : `Quiet hours: ${windows.join('; ')}.`,
    ...(let_through.length > 0 ? [`What comes all the same: ${let_through.join(', ')}.`] : []),
    ...(quiet_until === null
      ? []
      : [`Quiet until ${formatTime(quiet_until, clock)}; what waits: ${held}.`]),
    digest === null
      ? 'No digest of the week.'
      : `The digest of the week: ${formatDays([digest.day])} ${digest.time}.`,
    watched_devices.length === 0
      ? 'No device is watched.'
      : `Watched: ${watched_devices.map(({ name }) => name).join(', ')}.`,
  ].join('\n');
}
