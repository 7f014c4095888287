import { type Command, Option } from 'commander';
import { confirm } from '../confirm.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { confirmed } from './api.ts';
import { applyRule } from './change.ts';
import { onHome } from './connection.ts';
import { ownHomes } from './homes.ts';
import { findNamed } from './names.ts';
import {
  ACCESSES,
  type RuleChanges,
  type RuleOptions,
  accessArgument,
  additionOf,
  changeOf,
  deciding,
  newDevicesOption,
} from './rule-options.ts';
import {
  type NamedRule,
  awaitDeliveries,
  describeAccess,
  describeWhen,
  nameRules,
} from './rules.ts';
import { addRulePreview } from './rule-preview.ts';
import { type Session, openSession } from './session.ts';
import { findTarget } from './targets.ts';

/** `netpilot rule list`, `add`, `preview`, `change`, `remove` */
export function addRule(program: Command): void {
  const rule = program
    .command('rule')
    .description('list the rules of a home, add one (a bedtime), change or remove one')
    .addHelpText(
      ...examples(
        ['netpilot rule list', 'who gets what, and when'],
        ['netpilot rule add block Tim --name Bedtime --window "sun-thu 21:00-07:00"', 'a bedtime'],
      ),
    );
  onHome(rule.command('list'))
    .description('list the rules, also pauses and exceptions that are not over')
    .action(list)
    .addHelpText(...examples(['netpilot rule list', 'with the ids that the others take too']));
  deciding(onHome(rule.command('add')))
    .description(
      'add a rule: at times of the week, until a time, for new devices, or (if nothing says when) always',
    )
    .addArgument(accessArgument())
    .argument('<who>', 'a person, a device, a network, or everyone')
    .addOption(newDevicesOption())
    .option('--yes', 'do not ask, even if it cuts off the device in use')
    .action(add)
    .addHelpText(
      ...examples(
        [
          'netpilot rule add block Tim --name Bedtime --window "sun-thu 21:00-07:00" --window "fri,sat 22:30-08:00"',
          'a bedtime, later at the weekend',
        ],
        ['netpilot rule add limit guest --down 10 --up 2', 'a network, always'],
        ['netpilot rule add block everyone --new-devices', 'new devices wait until reviewed'],
        ['netpilot rule add allow Tim --until 2026-12-31', 'holidays'],
      ),
    );
  addRulePreview(rule);
  deciding(onHome(rule.command('change')))
    .description('change a rule; what is not named stays')
    .argument('<rule>', 'its name, what `rule list` calls it, or its id')
    .addOption(new Option('--access <access>', 'what holds').choices(ACCESSES))
    .option('--always', 'without windows')
    .option('--on', 'it has an effect')
    .option('--off', 'it stays, but has no effect')
    .option('--yes', 'do not ask, even if it cuts off the device in use')
    .action(change)
    .addHelpText(
      ...examples(
        ['netpilot rule change Bedtime --window "daily 21:30-07:00"', 'instead of its windows'],
        ['netpilot rule change Bedtime --off', 'during the holidays; then --on'],
      ),
    );
  onHome(rule.command('remove'))
    .description('remove a rule, or end a pause or an exception')
    .argument('<rule>', 'its name, what `rule list` calls it, or its id')
    .option('--yes', 'do not ask')
    .action(remove)
    .addHelpText(...examples(['netpilot rule remove Bedtime', 'asks first']));
}

async function list(_options: unknown, command: Command): Promise<void> {
  const session = await openSession(command);
  const rules = await rulesOf(session);
  const { json, clock } = session;
  printResult(
    json,
    {
      rules: rules.map(({ called, names: _n, keys: _k, description: _d, ...rule }) => ({
        ...rule,
        called,
      })),
    },
    () =>
      rules.length === 0
        ? 'No rules yet. A bedtime: netpilot rule add block NAME --window "sun-thu 21:00-07:00"'
        : formatTable(
            ['rule', 'for', 'what', 'when', 'on', 'id'],
            rules.map((rule) => [
              rule.names[0] ?? rule.names[1] ?? null,
              rule.called,
              describeAccess(rule),
              describeWhen(rule, clock),
              rule.is_active,
              rule.id,
            ]),
          ),
  );
}

/** In the chosen home, or in all of one's own. */
function rulesOf(session: Session): Promise<NamedRule[]> {
  return nameRules(session, ownHomes(session));
}

async function findRule(session: Session, text: string): Promise<NamedRule> {
  return findNamed(await rulesOf(session), { field: 'rule', text, what: 'rule' });
}

async function add(
  access: (typeof ACCESSES)[number],
  who: string,
  options: RuleOptions,
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { clock } = session;
  const target = await findTarget(session, who);
  const rule = additionOf(access, options, clock);
  await applyRule(session, target, {
    yes: options.yes,
    rule,
    says: (made) => {
      const called = made.kind === 'new_device' ? newDevicesIn(made.network) : target.called;
      const title = made.name === null ? 'The rule' : `The rule ${made.name}`;
      return `${title} is added: ${called} ${describeAccess(made)}, ${describeWhen(made, clock)}.`;
    },
  });
}

function newDevicesIn(network: string | null): string {
  return network === null ? 'new devices' : `new devices in the network ${network}`;
}

async function change(
  wanted: string,
  { yes, ...changes }: RuleChanges,
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const body = changeOf(changes, clock);
  const { home_id, id, called } = await findRule(session, wanted);
  const changed = await confirmed(yes, (more) =>
    api.PATCH('/api/v1/homes/{home_id}/rules/{id}', {
      params: { path: { home_id, id } },
      body: { ...body, ...more },
    }),
  );
  const { deliveries, outcome } = await awaitDeliveries(api, changed.deliveries);
  const off = changed.is_active ? '' : ', but it is switched off';
  printResult(json, { ...changed, deliveries }, () =>
    printable(
      `The rule ${changed.name ?? ''} is changed: ${called} ${describeAccess(changed)}, ${describeWhen(changed, clock)}${off}. ${outcome}`.replace(
        'rule  is',
        'rule is',
      ),
    ),
  );
}

async function remove(wanted: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const rule = await findRule(session, wanted);
  const { home_id, id, called } = rule;
  const what = `${called} ${describeAccess(rule)}, ${describeWhen(rule, clock)}`;
  await confirm(yes, { warning: printable(`This removes the rule: ${what}.`), answer: 'yes' });
  const removed = await confirmed(yes, (query) =>
    api.DELETE('/api/v1/homes/{home_id}/rules/{id}', { params: { path: { home_id, id }, query } }),
  );
  const { deliveries, outcome } = await awaitDeliveries(api, removed.deliveries);
  printResult(json, { id, deleted: true, deliveries }, () =>
    printable(`The rule is removed: ${what}. ${outcome}`),
  );
}
