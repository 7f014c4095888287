import { Argument, type Command, Option } from 'commander';
import { CHANNEL_KINDS, type ChannelKind } from '../../alerts/channel-kinds.ts';
import { ALERT_KINDS, type ChosenKind } from '../../alerts/kinds.ts';
import { LANGUAGES, type Language } from '../../alerts/words.ts';
import { InvalidInputError } from '../../errors.ts';
import { confirm } from '../confirm.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { parseKinds } from './alert-kinds.ts';
import { addAlertLog } from './alert-log.ts';
import { addQuietHours } from './alert-quiet.ts';
import { ServiceError, dataOf, settle } from './api.ts';
import { type Channel, findChannel, listChannels } from './channels.ts';
import { onHome } from './connection.ts';
import { requireHome } from './homes.ts';
import { openSession, unnamed } from './session.ts';
import { formatTime } from './time.ts';

/** Those that a terminal can add: a browser subscribes itself. */
const KINDS = CHANNEL_KINDS.filter((kind) => kind !== 'web_push');

type Choices = { name?: string; wanted?: ChosenKind[]; language?: Language };

/** `netpilot alerts list`, `add`, `change`, `remove`, `test`, `log` and `quiet` */
export function addAlerts(program: Command): void {
  const alerts = program
    .command('alerts')
    .description('say what you are told, and where, and read what was sent')
    .addHelpText(
      ...examples(
        ['netpilot alerts add email', 'to the address of your account'],
        ['netpilot alerts test E-mail', 'does it arrive, and why not'],
        ['netpilot alerts quiet "daily 22:00-07:00"', 'nothing comes at night'],
      ),
    );
  onHome(alerts.command('list'))
    .description('list your channels in a home')
    .action(list)
    .addHelpText(...examples(['netpilot alerts list', 'and what comes to each']));
  choosing(onHome(alerts.command('add')))
    .description('add a channel')
    .addArgument(new Argument('<kind>', 'how you are told').choices(KINDS))
    .argument('[settings...]', 'what the kind needs, as name=value (docs/command-line.md)')
    .action(add)
    .addHelpText(
      ...examples(
        ['netpilot alerts add email', 'nothing else is needed'],
        ['netpilot alerts add ntfy topic=our-home-4f9c1e --name Phone', 'the app ntfy has it too'],
        ['netpilot alerts add webhook url=https://nas.example.com/hook', 'prints its secret, once'],
      ),
    );
  choosing(onHome(alerts.command('change')))
    .description('name a channel, choose what comes there, switch it on or off')
    .argument('<channel>', 'its name')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off: what waits is left out')
    .action(change)
    .addHelpText(
      ...examples(['netpilot alerts change Phone --wanted router_away,router_back', 'only that']),
    );
  onHome(alerts.command('remove'))
    .description('remove a channel, with what waits for it')
    .argument('<channel>', 'its name')
    .option('--yes', 'do not ask')
    .action(remove)
    .addHelpText(...examples(['netpilot alerts remove Phone', 'asks first']));
  onHome(alerts.command('test'))
    .description('send a test to a channel now, and say what went wrong')
    .argument('<channel>', 'its name')
    .action(test)
    .addHelpText(...examples(['netpilot alerts test Phone', 'fails if it did not arrive']));
  addAlertLog(alerts);
  addQuietHours(alerts);
}

/** What is decided of every kind of channel. */
function choosing(command: Command): Command {
  return command
    .option('--name <name>', 'what you call it')
    .option(
      '--wanted <kinds>',
      `what comes there, with commas between (${ALERT_KINDS.join(', ')})`,
      parseKinds,
    )
    .addOption(new Option('--language <language>', 'of the messages').choices(LANGUAGES));
}

async function list(_options: unknown, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const channels = await listChannels(api, requireHome(session));
  printResult(json, { channels: channels.map(unnamed) }, () =>
    channels.length === 0
      ? 'Nothing is sent to you yet: `netpilot alerts add email`.'
      : printable(
          formatTable(
            ['channel', 'kind', 'on', 'what comes', 'last arrived'],
            channels.map((channel) => [
              channel.name,
              channel.kind,
              channel.problem ?? channel.is_enabled,
              describeWanted(channel),
              channel.verified_at === null ? 'never' : formatTime(channel.verified_at, clock),
            ]),
          ),
        ),
  );
}

function describeWanted({ wanted }: Channel): string {
  if (wanted.length === 0) return 'nothing';
  return wanted.length === ALERT_KINDS.length ? 'everything' : wanted.join(', ');
}

async function add(
  kind: Exclude<ChannelKind, 'web_push'>,
  settings: string[],
  { name, wanted, language }: Choices,
  command: Command,
): Promise<void> {
  const entered = parseSettings(settings);
  const session = await openSession(command);
  const { api, json } = session;
  const channel = await dataOf(
    api.POST('/api/v1/homes/{home_id}/alert-channels', {
      params: { path: { home_id: requireHome(session).id } },
      body: { kind, settings: entered, ...given({ name, wanted, language }) },
    }),
  );
  printResult(json, channel, () =>
    [
      `The channel ${printable(channel.name)} is added: try it with \`netpilot alerts test\`.`,
      ...(channel.secret === null
        ? []
        : [`What signs its events, shown only now: ${channel.secret}`]),
    ].join('\n'),
  );
}

/** `topic=our-home` and the like. Throws InvalidInputError. */
function parseSettings(texts: readonly string[]): Record<string, never> {
  const entries = texts.map((text) => {
    const [, name, value] = /^(\w+)=(.+)$/s.exec(text) ?? [];
    if (name !== undefined && value !== undefined) return [name, value] as const;
    // Not what was typed: it can be a secret.
    throw new InvalidInputError([
      { field: 'settings', expected: 'name=value, such as topic=our-home' },
    ]);
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}

async function change(
  wantedChannel: string,
  { on = false, off = false, ...choices }: Choices & { on?: boolean; off?: boolean },
  command: Command,
): Promise<void> {
  if (on && off)
    throw new InvalidInputError([{ field: '--off', expected: 'nothing, as --on was given' }]);
  const { name, wanted, language } = choices;
  const body = {
    ...given({ name, wanted, language }),
    ...(on && { is_enabled: true }),
    ...(off && { is_enabled: false }),
  };
  if (Object.keys(body).length === 0)
    throw new InvalidInputError([
      { field: '--name', expected: 'a new name, or --wanted, --language, --on or --off' },
    ]);
  const session = await openSession(command);
  const { api, json } = session;
  const home = requireHome(session);
  const { id } = await findChannel(api, home, wantedChannel);
  const channel = await dataOf(
    api.PATCH('/api/v1/homes/{home_id}/alert-channels/{id}', {
      params: { path: { home_id: home.id, id } },
      body,
    }),
  );
  printResult(json, channel, () =>
    printable(
      `The channel ${channel.name} is ${channel.is_enabled ? 'on' : 'off'}. What comes there: ${describeWanted(channel)}.`,
    ),
  );
}

/** Those that were given. */
function given({ name, wanted, language }: { [Name in keyof Choices]: Choices[Name] | undefined }) {
  return {
    ...(name !== undefined && { name }),
    ...(wanted !== undefined && { wanted }),
    ...(language !== undefined && { language }),
  };
}

async function remove(wanted: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json } = session;
  const home = requireHome(session);
  const { id, name } = await findChannel(api, home, wanted);
  await confirm(yes, {
    warning: `This removes the channel ${printable(name)}, with what waits for it and its part of the log.`,
    answer: 'yes',
  });
  await settle(
    api.DELETE('/api/v1/homes/{home_id}/alert-channels/{id}', {
      params: { path: { home_id: home.id, id } },
    }),
  );
  printResult(
    json,
    { id, name, deleted: true },
    () => `The channel ${printable(name)} is removed.`,
  );
}

/** A test that did not arrive is a failure. */
async function test(wanted: string, _options: unknown, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json } = session;
  const home = requireHome(session);
  const { id, name } = await findChannel(api, home, wanted);
  const { is_delivered, problem } = await dataOf(
    api.POST('/api/v1/homes/{home_id}/alert-channels/{id}/test', {
      params: { path: { home_id: home.id, id } },
    }),
  );
  if (!is_delivered) throw new ServiceError('unavailable', `It did not arrive: ${problem ?? ''}`);
  printResult(json, { id, name, is_delivered }, () =>
    printable(`Sent: look whether it has arrived (${name}).`),
  );
}
