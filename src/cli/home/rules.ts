import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import { type Delivery, awaitDelivery, describeOutcome } from './delivery.ts';
import type { NamedHome } from './homes.ts';
import type { Named } from './names.ts';
import { readPages } from './pages.ts';
import { listRouters, routerName } from './routers.ts';
import { type Target, listTargets } from './targets.ts';
import { type Clock, formatDays, formatTime, sayTime } from './time.ts';
import type { Session } from './session.ts';

type Rules = paths['/api/v1/homes/{home_id}/rules'];
export type Rule = Rules['get']['responses'][200]['content']['application/json']['items'][number];
export type RuleAddition = Rules['post']['requestBody']['content']['application/json'];
export type Deliveries =
  Rules['post']['responses'][201]['content']['application/json']['deliveries'];
export type NamedRule = Rule & Named & { called: string };

/** The rules of a home that are not over. */
export function listRules(api: Api, home_id: string): Promise<Rule[]> {
  return readPages({ atOnce: 500 }, (page) =>
    dataOf(
      api.GET('/api/v1/homes/{home_id}/rules', {
        params: { path: { home_id }, query: { state: 'current', ...page } },
      }),
    ),
  );
}

/** The rules of homes, as they can be named: by their name, or as `pause of Tim`. */
export async function nameRules(
  session: Session,
  homes: readonly NamedHome[],
): Promise<NamedRule[]> {
  const { api, clock } = session;
  const [targets, ...lists] = await Promise.all([
    listTargets(session),
    ...homes.map(({ id }) => listRules(api, id)),
  ]);
  return lists.flat().map((rule) => {
    const called = targetOf(rule, targets);
    const title = titleOf(rule.kind, called);
    return {
      ...rule,
      called,
      names: [rule.name, title],
      keys: [rule.id],
      description: `"${rule.name ?? title}" (${describeAccess(rule)} ${describeWhen(rule, clock)}, ${rule.id})`,
    };
  });
}

/** What people call a rule that has no name: `pause of Tim`. */
export function titleOf(kind: string, called: string): string {
  if (kind === 'new_device') return called;
  return `${kind === 'schedule' ? 'rule' : kind} ${kind === 'pause' ? 'of' : 'for'} ${called}`;
}

/** Whether a rule is for exactly that. */
export function isFor({ target, person_id, device_id, network }: Rule, { body }: Target): boolean {
  if ('person_id' in body) return person_id === body.person_id;
  if ('device_id' in body) return device_id === body.device_id;
  if ('network' in body) return network === body.network;
  return target === 'everyone';
}

/** `Tim`, `the network guest`, `everyone`, `new devices` */
function targetOf(rule: Rule, targets: readonly Target[]): string {
  const where = rule.network === null ? '' : ` in the network ${rule.network}`;
  if (rule.kind === 'new_device') return `new devices${where}`;
  if (rule.target === 'everyone') return 'everyone';
  if (rule.network !== null) return `the network ${rule.network}`;
  return targets.find((target) => isFor(rule, target))?.called ?? `a ${rule.target} that is gone`;
}

/** `blocked`, `no limit`, `limited to 5 Mbit/s down, 1 Mbit/s up` */
export function describeAccess({
  access,
  down_rate,
  up_rate,
}: Pick<Rule, 'access' | 'down_rate' | 'up_rate'>): string {
  if (access === 'block') return 'blocked';
  if (access === 'allow') return 'allowed';
  const rates = [
    down_rate === null ? null : `${formatRate(down_rate)} down`,
    up_rate === null ? null : `${formatRate(up_rate)} up`,
  ];
  return `limited to ${rates.filter((rate) => rate !== null).join(', ')}`;
}

/** Bits per second as people say them. */
export function formatRate(rate: number): string {
  if (rate >= 1_000_000) return `${Number((rate / 1_000_000).toPrecision(3))} Mbit/s`;
  return rate >= 1_000 ? `${Number((rate / 1_000).toPrecision(3))} kbit/s` : `${rate} bit/s`;
}

const SOON_MS = 60_000;

/** `until 21:30`, `Mon-Fri 21:00-07:00`, `always`, `until somebody ends it` */
export function describeWhen(
  { kind, from_at, until_at, windows }: Pick<Rule, 'kind' | 'from_at' | 'until_at' | 'windows'>,
  clock: Clock,
): string {
  if (kind === 'new_device') return 'until somebody has reviewed them';
  if (windows !== null)
    return windows.map(({ days, from, to }) => `${formatDays(days)} ${from}-${to}`).join(', ');
  if (kind === 'schedule') return 'always';
  // The clock was read before the rule was made.
  const begins = Date.parse(from_at) > clock.now.epochMilliseconds + SOON_MS;
  const from = begins ? `from ${formatTime(from_at, clock)} ` : '';
  return (
    from + (until_at === null ? 'until somebody ends it' : `until ${sayTime(until_at, clock)}`)
  );
}

/** Waits until the routers that a change concerns have confirmed it, as far as they are connected: their deliveries then, and what to say of them. */
export async function awaitDeliveries(
  api: Api,
  deliveries: Deliveries,
): Promise<{ deliveries: Deliveries; outcome: string }> {
  const routers = await listRouters(api);
  const reached = await Promise.all(
    deliveries.map(async ({ router_id, delivery }) => ({
      router_id,
      delivery: await awaitDelivery(api, { router_id }, delivery),
    })),
  );
  const name = (id: string) => {
    const found = routers.find(({ router_id }) => router_id === id);
    return found === undefined ? id : routerName(found);
  };
  return { deliveries: reached, outcome: describeOutcomes(reached, name) };
}

function describeOutcomes(deliveries: Deliveries, name: (id: string) => string): string {
  if (deliveries.length === 0) return 'No router has anything to do yet.';
  const isApplied = ({ state }: Delivery) => state === 'applied';
  const applied = deliveries.filter(({ delivery }) => isApplied(delivery));
  const others = deliveries.filter(({ delivery }) => !isApplied(delivery));
  const [first] = applied;
  const confirmed =
    first === undefined
      ? []
      : [
          applied.length === 1
            ? describeOutcome(first.delivery, name(first.router_id))
            : `${applied.length} routers have confirmed it.`,
        ];
  return [
    ...confirmed,
    ...others.map(({ router_id, delivery }) => describeOutcome(delivery, name(router_id))),
  ].join(' ');
}
