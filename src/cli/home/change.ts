import type { Command } from 'commander';
import { printResult, printable } from '../output.ts';
import { confirmed } from './api.ts';
import { describeInternet } from './access-text.ts';
import { type Device, deviceName, listDevices } from './devices.ts';
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

type Change = {
  yes: boolean | undefined;
  rule: RuleAddition;
  /** What it means, for people. */
  says: (rule: Rule) => string;
};

/** Adds a rule for a target, waits for the routers, and says what it means. */
export async function applyRule(
  session: Session,
  target: Target,
  { yes, rule, says }: Change,
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
  const devices = json ? [] : await devicesOf(session, target);
  printResult(json, { ...made, deliveries }, () =>
    printable(
      [
        says(made),
        ...('person_id' in target.body ? [nameDevices(devices)] : []),
        ...(made.access === 'allow' ? describeHeld(session, devices) : []),
        outcome,
      ].join(' '),
    ),
  );
}

/** The devices that a rule for a target is about. */
export async function devicesOf({ api }: Session, { body }: Target): Promise<Device[]> {
  const devices = await listDevices(
    api,
    'person_id' in body ? { person_id: body.person_id } : undefined,
  );
  if ('device_id' in body) return devices.filter(({ id }) => id === body.device_id);
  if ('network' in body) return devices.filter(({ place }) => place?.network === body.network);
  return devices.filter(({ is_router }) => !is_router);
}

const MOST_NAMED = 5;

function nameDevices(devices: readonly Device[]): string {
  if (devices.length === 0)
    return 'No device is theirs yet: `netpilot device assign DEVICE PERSON`.';
  return `That is ${listInShort(devices.map(deviceName))}.`;
}

function listInShort(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  return texts.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Which of the devices do not get through all the same, and why: what nobody should find out later. */
export function describeHeld({ clock }: Session, devices: readonly Device[]): string[] {
  const held = devices.filter(({ access }) => access.access !== 'allow');
  if (held.length === 0) return [];
  const texts = held.map(
    (device) => `${deviceName(device)} (${describeInternet(device.access, clock)})`,
  );
  return [`Something else still holds for ${listInShort(texts)}.`];
}

/** Deletes the rules of a target that `isMeant` picks. The routers' state then, and which rules ended. */
export async function endRules(
  { api }: Session,
  target: Target,
  { yes, isMeant }: { yes: boolean | undefined; isMeant: (rule: Rule) => boolean },
): Promise<{ ended: Rule[]; deliveries: Deliveries; outcome: string }> {
  const rules = await listRules(api, target.home_id);
  const ended = rules.filter((rule) => isMeant(rule) && isFor(rule, target));
  const reached = new Map<string, Deliveries[number]>();
  for (const { home_id, id } of ended) {
    const { deliveries } = await confirmed(yes, (query) =>
      api.DELETE('/api/v1/homes/{home_id}/rules/{id}', {
        params: { path: { home_id, id }, query },
      }),
    );
    for (const each of deliveries) reached.set(each.router_id, each);
  }
  return { ended, ...(await awaitDeliveries(api, [...reached.values()])) };
}
