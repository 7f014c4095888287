import type { Command } from 'commander';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { type Lasting, applyRule, describeHeld, devicesOf, endRules, lasting } from './change.ts';
import { onHome } from './connection.ts';
import { describeWhen } from './rules.ts';
import { openSession } from './session.ts';
import { findTarget } from './targets.ts';
import { parseEnd } from './time.ts';

/** `netpilot pause` and `resume` */
export function addPause(program: Command): void {
  lasting(onHome(program.command('pause')))
    .description(
      'take the internet from a person, a device, a network or everyone, for a time or until resumed',
    )
    .summary('take the internet from somebody for a time, or until resumed')
    .argument('<who>', 'a person, a device, a network, or everyone')
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(pause)
    .addHelpText(
      ...examples(
        ['netpilot pause Tim --for 30m', 'it comes back by itself, also without the cloud'],
        ['netpilot pause Tim --until 20:00', 'the next 20:00 in the time zone of the home'],
        ['netpilot pause everyone', 'dinner; then: netpilot resume everyone'],
      ),
    );
  onHome(program.command('resume'))
    .description('end the pauses of a person, a device, a network or everyone')
    .summary('end a pause')
    .argument('<who>', 'a person, a device, a network, or everyone')
    .option('--yes', 'do not ask, even if it cuts off the device in use')
    .action(resume)
    .addHelpText(...examples(['netpilot resume Tim', 'before the pause ends by itself']));
}

async function pause(
  who: string,
  { yes, ...end }: Lasting & { yes?: boolean },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { clock } = session;
  const ends = parseEnd(end, clock) ?? {};
  const target = await findTarget(session, who);
  await applyRule(session, target, {
    yes,
    rule: { kind: 'pause', access: 'block', ...ends },
    says: (rule) => `${target.called} is paused ${describeWhen(rule, clock)}.`,
  });
}

async function resume(who: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const target = await findTarget(session, who);
  const { ended, deliveries, outcome } = await endRules(session, target, {
    yes,
    isMeant: ({ kind }) => kind === 'pause',
  });
  const held = session.json ? [] : describeHeld(session, await devicesOf(session, target));
  printResult(session.json, { ended, deliveries }, () =>
    printable(
      ended.length === 0
        ? `${target.called} was not paused.`
        : [`${target.called} is not paused any more.`, ...held, outcome].join(' '),
    ),
  );
}
