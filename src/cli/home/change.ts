import type { Command } from 'commander';
import { printResult, printable } from '../output.ts';
import { confirmed, dataOf } from './api.ts';
import { deviceName, listDevices } from './devices.ts';
import {
  type Deliveries,
  type Rule,
  type RuleAddition,
  awaitDeliveries,
  isFor,
  listRules,
} from './rules.ts';
import type { Session } from './session.ts';
import type { Target } from './targets.ts';

/** What ends a change by itself. */
export function lasting(command: Command): Command {
  return command
    .option('--for <duration>', 'for so long: 30m, 1h30m, 2h, 3d')
    .option('--until <time>', 'until then: 21:30, "tomorrow 7:00", "fri 18:00", 2026-12-24');
}

export type Lasting = { for?: string; until?: string };

/** Adds a rule for a target, waits for the routers, and says what it means. */
export async function applyRule(
  session: Session,
  target: Target,
  {
    yes,
    rule,
    says,
  }: { yes: boolean | undefined; rule: RuleAddition; says: (rule: Rule) => string },
): Promise<void> {
  const { api, json } = session;
  const body = { ...rule, ...target.body };
  const made = await confirmed(yes, (more) =>
    api.POST('/api/v1/homes/{home_id}/rules', {
      params: { path: { home_id: target.home_id } },
      body: { ...body, ...more },
    }),
  );
  const { deliveries, outcome } = await awaitDeliveries(api, made.deliveries);
  const names = json ? undefined : await namesBehind(session, target);
  printResult(json, { ...made, deliveries }, () =>
    printable(
      [says(made), ...(names === undefined ? [outcome] : describeNames(names, outcome))].join(' '),
    ),
  );
}

/** The devices of a person; undefined for another target, which says itself what it is about. */
async function namesBehind(
  { api }: Session,
  { body }: Target,
): Promise<readonly string[] | undefined> {
  if (!('person_id' in body)) return undefined;
  const devices = await listDevices(api, { person_id: body.person_id });
  return devices.map(deviceName);
}

const MOST_NAMED = 5;

function describeNames(names: readonly string[], outcome: string): string[] {
  if (names.length === 0)
    return ['No device is theirs yet: `netpilot device assign DEVICE PERSON`.'];
  const more = names.length - MOST_NAMED;
  const named = names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [`That is ${named}.`, outcome];
}

/** Deletes the rules of a target that `isMeant` picks. The routers' state then, and which rules ended. */
export async function endRules(
  { api }: Session,
  target: Target,
  isMeant: (rule: Rule) => boolean,
): Promise<{ ended: Rule[]; deliveries: Deliveries; outcome: string }> {
  const rules = await listRules(api, target.home_id);
  const ended = rules.filter((rule) => isMeant(rule) && isFor(rule, target));
  const reached = new Map<string, Deliveries[number]>();
  for (const { home_id, id } of ended) {
    const path = { params: { path: { home_id, id } } };
    const { deliveries } = await dataOf(api.DELETE('/api/v1/homes/{home_id}/rules/{id}', path));
    for (const each of deliveries) reached.set(each.router_id, each);
  }
  return { ended, ...(await awaitDeliveries(api, [...reached.values()])) };
}
