import type { Command } from 'commander';
import type { paths } from '../../../client/src/client.ts';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { describeInternet } from './access-text.ts';
import { dataOf } from './api.ts';
import { onHome } from './connection.ts';
import {
  type ACCESSES,
  type RuleOptions,
  accessArgument,
  additionOf,
  deciding,
  newDevicesOption,
} from './rule-options.ts';
import { openSession } from './session.ts';
import { findTarget } from './targets.ts';
import { type Clock, formatTime } from './time.ts';

type Preview =
  paths['/api/v1/homes/{home_id}/rules/preview']['post']['responses'][200]['content']['application/json'];
type Previewed = Preview['devices'][number];

/** `netpilot rule preview` */
export function addRulePreview(rule: Command): void {
  deciding(onHome(rule.command('preview')))
    .description('say who would lose and who would gain by a rule, and when; it changes nothing')
    .addArgument(accessArgument())
    .argument('<who>', 'a person, a device, a network, or everyone')
    .addOption(newDevicesOption())
    .action(preview)
    .addHelpText(
      ...examples(
        [
          'netpilot rule preview block Tim --window "sun-thu 21:00-07:00"',
          'the same words as for `rule add`',
        ],
        ['netpilot rule preview limit guest --down 10', 'who would be slower'],
      ),
    );
}

async function preview(
  access: (typeof ACCESSES)[number],
  who: string,
  options: RuleOptions,
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const target = await findTarget(session, who);
  const previewed = await dataOf(
    api.POST('/api/v1/homes/{home_id}/rules/preview', {
      params: { path: { home_id: target.home_id } },
      body: { rule: { ...additionOf(access, options, clock), ...target.body } },
    }),
  );
  printResult(json, previewed, () => printable(describe(previewed, clock)));
}

function describe({ devices, own_device }: Preview, clock: Clock): string {
  if (devices.length === 0) return 'Nothing changes for any device within the next week.';
  const count = devices.length === 1 ? 'One device' : `${devices.length} devices`;
  return [
    `${count} would get something else within the next week:`,
    ...devices.flatMap((device) => describeDevice(device, clock)),
    ...(own_device ? ['The device that you use would be cut off.'] : []),
  ].join('\n');
}

const MOST_CHANGES = 6;

function describeDevice({ name, now, then, changes }: Previewed, clock: Clock): string[] {
  const [before, after] = [now, then].map((access) => describeInternet(access, clock));
  const steps = changes
    .slice(0, MOST_CHANGES)
    .map(({ at, access }) => `${formatTime(at, clock)} ${STEPS[access]}`);
  return [
    `  ${name}: ${before === after ? `${after ?? ''} as before` : `${before ?? ''} -> ${after ?? ''}`}`,
    ...(steps.length === 0
      ? []
      : [`    ${steps.join(', ')}${changes.length > MOST_CHANGES ? ' …' : ''}`]),
  ];
}

const STEPS: Record<Previewed['changes'][number]['access'], string> = {
  allow: 'on',
  limit: 'slow',
  block: 'off',
};
