import { type Command, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import type { paths } from '../../../client/src/client.ts';
import { InvalidInputError } from '../../errors.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { type Api, dataOf } from './api.ts';
import { onHome } from './connection.ts';
import { deviceName, listDevices } from './devices.ts';
import { type NamedHome, requireHome } from './homes.ts';
import { listPeople } from './people.ts';
import { openSession } from './session.ts';
import { type Target, findTarget } from './targets.ts';
import { type Clock, formatTime } from './time.ts';
import { PERIODS, type Period } from '../../usage/periods.ts';

type Usage =
  paths['/api/v1/homes/{home_id}/people/{id}/usage']['get']['responses'][200]['content']['application/json'];
type HomeUsage =
  paths['/api/v1/homes/{home_id}/usage']['get']['responses'][200]['content']['application/json'];

type Form = { period: Period; format: 'json' | 'csv' };

const MOST_LISTED = 15;
const TITLES: Record<Period, string> = {
  hour: 'In the last hour',
  today: 'Today',
  day: 'In the last 24 hours',
  month: 'In 30 days',
  year: 'In 365 days',
};

/** `netpilot usage` */
export function addUsage(program: Command): void {
  onHome(program.command('usage'))
    .description('show who used how much of the internet')
    .argument('[who]', 'only this person or device; without it the home')
    .addOption(
      new Option('--period <period>', 'the last hour, today, the last 24 hours, 30 or 365 days')
        .choices(PERIODS)
        .default('today'),
    )
    .option('--csv', 'print a table for spreadsheets: a row for each step and device')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot usage', 'who used most today'],
        ['netpilot usage Tim --period month', 'day by day'],
        ['netpilot usage --period year --csv > usage.csv', 'for a spreadsheet'],
      ),
    );
}

async function run(
  who: string | undefined,
  { period, csv = false }: { period: Period; csv?: boolean },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  if (csv && json)
    throw new InvalidInputError([
      { field: '--csv', value: true, expected: 'nothing, as --json was given' },
    ]);
  const form: Form = { period, format: csv ? 'csv' : 'json' };
  const target = who === undefined ? undefined : await findTarget(session, who);
  if (target !== undefined && !('target' in target.body)) {
    const usage = await readOne(api, target, form);
    return print(json, usage, (read) => describeUsage(target.called, read, clock));
  }
  const home = requireHome(session);
  const usage = await dataOf(
    api.GET('/api/v1/homes/{home_id}/usage', {
      params: { path: { home_id: home.id }, query: form },
      parseAs: csv ? 'text' : 'json',
    }),
  );
  const names = json || csv ? new Map<string, string>() : await namesOf(api, home);
  return print(json, usage, (read) => describeHomeUsage(read, names));
}

/** A table as the service wrote it, one document, or a text. */
function print<Read>(json: boolean, usage: Read | string, describe: (usage: Read) => string): void {
  if (typeof usage === 'string') process.stdout.write(usage);
  else printResult(json, usage, () => describe(usage));
}

/** Of a person or a device. Throws InvalidInputError for a network: nobody counts that. */
async function readOne(
  api: Api,
  { body, home_id, router_id = '', description }: Target,
  query: Form,
): Promise<Usage | string> {
  const parseAs = query.format === 'csv' ? 'text' : 'json';
  if ('person_id' in body) {
    const path = { home_id, id: body.person_id };
    return dataOf(
      api.GET('/api/v1/homes/{home_id}/people/{id}/usage', { params: { path, query }, parseAs }),
    );
  }
  if ('device_id' in body) {
    const path = { router_id, id: body.device_id };
    return dataOf(
      api.GET('/api/v1/routers/{router_id}/devices/{id}/usage', {
        params: { path, query },
        parseAs,
      }),
    );
  }
  throw new InvalidInputError([
    { field: 'who', value: description, expected: 'a person or a device' },
  ]);
}

/** By the ids of devices and people. */
async function namesOf(api: Api, home: NamedHome): Promise<ReadonlyMap<string, string>> {
  const [devices, people] = await Promise.all([listDevices(api), listPeople(api, [home])]);
  return new Map([
    ...devices.map((device) => [device.id, deviceName(device)] as const),
    ...people.map(({ id, name }) => [id, name] as const),
  ]);
}

function describeHomeUsage(usage: HomeUsage, names: ReadonlyMap<string, string>): string {
  const { devices, others } = usage;
  const rows = devices
    .slice(0, MOST_LISTED)
    .map(({ device_id, person_id, down, up }) => [
      names.get(device_id) ?? device_id,
      names.get(person_id ?? '') ?? null,
      formatBytes(down),
      formatBytes(up),
    ]);
  const more = devices.length - rows.length;
  if (others.down + others.up > 0)
    rows.push(['not in the list', null, formatBytes(others.down), formatBytes(others.up)]);
  return [
    describeTotal(undefined, usage),
    ...(rows.length > 0 ? [formatTable(['device', 'person', 'down', 'up'], rows)] : []),
    ...(more > 0 ? [`… and ${more} more: --json or --csv has all.`] : []),
  ].join('\n');
}

/** With a line for each step that has something. */
function describeUsage(called: string, usage: Usage, clock: Clock): string {
  const isByDay = usage.period === 'month' || usage.period === 'year';
  const rows = usage.series
    .filter(({ down, up }) => down + up > 0)
    .map(({ at, down, up }) => [
      isByDay ? localDay(at, clock) : formatTime(at, clock),
      formatBytes(down),
      formatBytes(up),
    ]);
  return [
    describeTotal(called, usage),
    ...(rows.length > 0 ? [formatTable([isByDay ? 'day' : 'from', 'down', 'up'], rows)] : []),
  ].join('\n');
}

function localDay(at: string, { zone }: Clock): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

function describeTotal(called: string | undefined, { period, counting, down, up }: Usage): string {
  if (counting === 'none') return 'No router counts what is used.';
  const whose = called === undefined ? '' : ` ${printable(called)}:`;
  const partly = counting === 'partly' ? ', and more that could not be counted' : '';
  return `${TITLES[period]}${whose ? `,${whose}` : ':'} ${formatBytes(down)} down, ${formatBytes(up)} up${partly}.`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Three figures at most: `0 B`, `1.23 GB`, `12.3 GB`, `123 GB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${UNITS[power] ?? ''}`;
}
