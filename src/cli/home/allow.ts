import type { Command } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { type Lasting, applyRule, endRules, lasting } from './change.ts';
import { onHome } from './connection.ts';
import { parseRates } from './rates.ts';
import { describeAccess, describeWhen } from './rules.ts';
import { openSession } from './session.ts';
import { findTarget } from './targets.ts';
import { parseEnd } from './time.ts';

/** `netpilot allow` and `limit` */
export function addAllow(program: Command): void {
  lasting(onHome(program.command('allow')))
    .description(
      'let a person, a device, a network or everyone through for a time, whatever their schedules say',
    )
    .summary('let somebody through for a time, whatever their schedules say')
    .argument('<who>', 'a person, a device, a network, or everyone')
    .option('--yes', 'do not ask, even if it cuts off the device in use when it ends')
    .action(allow)
    .addHelpText(
      ...examples(
        ['netpilot allow Tim --until 21:30', 'half an hour more than his bedtime allows'],
        ['netpilot allow Tim --for 45m', 'a block or a pause outweighs it: unblock, resume'],
      ),
    );
  lasting(onHome(program.command('limit')))
    .description('slow down a person, a device, a network or everyone, for a time or always')
    .summary('slow somebody down, for a time or always')
    .argument('<who>', 'a person, a device, a network, or everyone')
    .option('--down <rate>', 'what they receive at most, in Mbit/s, or such as 500k')
    .option('--up <rate>', 'what they send at most, in Mbit/s, or such as 500k')
    .option('--end', 'end the limits of this kind')
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(limit)
    .addHelpText(
      ...examples(
        ['netpilot limit PS5 --down 5 --up 1 --for 2h', 'during a video call'],
        ['netpilot limit guest --down 20', 'a network, always'],
        ['netpilot limit PS5 --end', 'no limit any more'],
      ),
    );
}

async function allow(
  who: string,
  { yes, ...end }: Lasting & { yes?: boolean },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { clock } = session;
  const ends = parseEnd(end, clock);
  if (ends === undefined)
    throw new InvalidInputError(
      [{ field: '--for', expected: 'how long, or --until' }],
      'Say how long: --for 30m or --until 21:30. To end a block there is `netpilot unblock`, to end a pause `netpilot resume`.',
    );
  const target = await findTarget(session, who);
  await applyRule(session, target, {
    yes,
    rule: { kind: 'exception', access: 'allow', ...ends },
    says: (rule) => `${target.called} may use the internet ${describeWhen(rule, clock)}.`,
  });
}

type LimitOptions = Lasting & { down?: string; up?: string; end?: boolean; yes?: boolean };

async function limit(
  who: string,
  { yes, end, down, up, ...times }: LimitOptions,
  command: Command,
): Promise<void> {
  const rates = parseRates({
    ...(down !== undefined && { down }),
    ...(up !== undefined && { up }),
  });
  if ((rates === undefined) === (end !== true))
    throw new InvalidInputError([
      { field: '--down', expected: 'a rate (--down, --up or both), or --end to end the limits' },
    ]);
  const session = await openSession(command);
  const ends = parseEnd(times, session.clock);
  const target = await findTarget(session, who);
  if (rates === undefined) {
    const { ended, deliveries, outcome } = await endRules(session, target, {
      yes,
      isMeant: ({ access, kind, windows }) =>
        access === 'limit' && kind !== 'new_device' && windows === null,
    });
    printResult(session.json, { ended, deliveries }, () =>
      printable(
        ended.length === 0
          ? `${target.called} had no limit of this kind.`
          : `${target.called} has no limit any more. ${outcome}`,
      ),
    );
    return;
  }
  await applyRule(session, target, {
    yes,
    rule: {
      kind: ends === undefined ? 'schedule' : 'exception',
      access: 'limit',
      ...rates,
      ...ends,
    },
    says: (rule) =>
      `${target.called} is ${describeAccess(rule)}, ${describeWhen(rule, session.clock)}.`,
  });
}
