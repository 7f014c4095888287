import { Argument, type Command, Option } from 'commander';
import type { paths } from '../../../client/src/client.ts';
import { InvalidInputError } from '../../errors.ts';
import { type Lasting, lasting } from './change.ts';
import { type Rates, parseRates } from './rates.ts';
import type { RuleAddition } from './rules.ts';
import { type Clock, parseEnd } from './time.ts';
import { parseWindow } from './window.ts';

export const ACCESSES = ['block', 'limit', 'allow'] as const;

/** `block`, `limit` or `allow` */
export function accessArgument(): Argument {
  return new Argument('<access>', 'what holds').choices(ACCESSES);
}

/** That the rule is for those who are not known yet. */
export function newDevicesOption(): Option {
  return new Option(
    '--new-devices',
    'for devices that nobody has reviewed yet, in a network or everywhere',
  );
}

/** Adds what decides a rule. */
export function deciding(command: Command): Command {
  return lasting(
    command
      .option('--name <name>', 'what it is called, such as Bedtime')
      .option(
        '--window <window>',
        'when it holds: "sun-thu 21:00-07:00", over midnight too; can be repeated',
        (text: string, before: string[] | undefined) => [...(before ?? []), text],
      )
      .option('--down <rate>', 'with limit: what they receive at most, in Mbit/s')
      .option('--up <rate>', 'with limit: what they send at most, in Mbit/s'),
  );
}

export type RuleOptions = Lasting & {
  name?: string;
  window?: string[];
  down?: string;
  up?: string;
  newDevices?: boolean;
  yes?: boolean;
};

type RuleChange =
  paths['/api/v1/homes/{home_id}/rules/{id}']['patch']['requestBody']['content']['application/json'];
export type RuleChanges = Omit<RuleOptions, 'newDevices'> & {
  access?: (typeof ACCESSES)[number];
  always?: boolean;
  on?: boolean;
  off?: boolean;
};

/** The rule that arguments and options describe, without its target. Throws InvalidInputError. */
export function additionOf(
  access: (typeof ACCESSES)[number],
  options: RuleOptions,
  clock: Clock,
): RuleAddition {
  const { name, window, newDevices } = options;
  const ends = parseEnd(options, clock);
  const rates = parseRates(options);
  if ((access === 'limit') !== (rates !== undefined))
    throw new InvalidInputError([
      { field: '--down', expected: 'a rate (--down, --up or both) with limit, and only with it' },
    ]);
  const isTimed = window !== undefined || ends !== undefined;
  if (newDevices === true && isTimed)
    throw new InvalidInputError([
      { field: '--new-devices', expected: 'no times: it holds until a device is reviewed' },
    ]);
  if (window !== undefined && ends !== undefined)
    throw new InvalidInputError([
      { field: '--window', expected: 'either windows, or --for or --until' },
    ]);
  return {
    kind: newDevices === true ? 'new_device' : ends === undefined ? 'schedule' : 'exception',
    access,
    ...(name !== undefined && { name }),
    ...rates,
    ...ends,
    ...(window !== undefined && { windows: window.map((text) => parseWindow(text, '--window')) }),
  };
}

/** The change that options describe. Throws InvalidInputError, also if they say nothing. */
export function changeOf(changes: RuleChanges, clock: Clock): RuleChange {
  const { name, access, window, always, on, off } = changes;
  if (always === true && window !== undefined)
    throw new InvalidInputError([{ field: '--always', expected: 'either this or --window' }]);
  if (on === true && off === true)
    throw new InvalidInputError([{ field: '--on', expected: 'either this or --off' }]);
  const rates: Rates | undefined = parseRates(changes);
  const change: RuleChange = {
    ...(name !== undefined && { name: name.trim() || null }),
    ...(access !== undefined && { access }),
    ...(access !== undefined && access !== 'limit' && { down_rate: null, up_rate: null }),
    ...rates,
    ...(window !== undefined && { windows: window.map((text) => parseWindow(text, '--window')) }),
    ...(always === true && { windows: null }),
    ...(on === true && { is_active: true }),
    ...(off === true && { is_active: false }),
    ...parseEnd(changes, clock),
  };
  if (Object.keys(change).length > 0) return change;
  throw new InvalidInputError([
    { field: '--name', expected: 'something that changes: --name, --access, --window, --off …' },
  ]);
}
