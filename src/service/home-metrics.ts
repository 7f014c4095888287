/** What one's own homes are like, for one's own Prometheus. */
import { sql } from 'kysely';
import { Counter, Gauge, Registry } from 'prom-client';
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { routerWithin } from '../api/access.ts';
import type { Sender } from '../api/actor.ts';
import { inTenant } from '../api/signed-in.ts';
import type { Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { SORTS, type ShownDevice } from '../devices/listing.ts';
import { listDevices } from '../devices/with-access.ts';
import { listHomes } from '../homes/homes.ts';
import { listPeople } from '../homes/people.ts';
import { type RouterHealth, listHealthStates } from '../routers/health-state.ts';
import { listRouters } from '../routers/queries.ts';
import { loadUsage } from '../usage/history.ts';

/** As many as one answer of the list of devices has. */
const MOST_DEVICES = 10_000;

export function homeMetricsRoutes(app: App, { database }: Services): void {
  app.get(
    '/metrics',
    {
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'Get what your homes are like, for Prometheus',
        description:
          'In the text format of Prometheus: routers, how the internet answers them, devices and the bytes that each used since midnight in the zone of its home (a counter that begins anew each day). For `authorization` in a `scrape_config`, with an API token of the scope `read`.',
        response: {
          200: Type.Unsafe<string>({
            description: 'The metrics.',
            content: { 'text/plain': { schema: Type.String() } },
          }),
        },
      },
    },
    async (request, reply) => {
      const seen = await inTenant(database, request, look);
      const registry = measure(seen);
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}

type Used = { device_id: string; router_id: string; down: number; up: number };

/** What the metrics are made of. */
type Seen = {
  routers: Router[];
  /** The routers that have something to do that they have not confirmed. */
  pending: ReadonlySet<string>;
  health: ReadonlyMap<string, RouterHealth>;
  devices: ShownDevice[];
  /** Names, by id. */
  people: ReadonlyMap<string, string>;
  used: Used[];
};

async function look(transaction: TenantTransaction, actor: Sender): Promise<Seen> {
  const { userId } = actor;
  const only = routerWithin(actor, undefined);
  const isSeen = ({ router_id }: { router_id: string }) => only === undefined || router_id === only;
  const homes = (await listHomes(transaction, userId)).filter(
    ({ id }) => actor.homeId === undefined || id === actor.homeId,
  );
  const people = new Map<string, string>();
  const used: Used[] = [];
  for (const { id: home_id } of homes) {
    for (const { id, name } of await listPeople(transaction, { user_id: userId, home_id }))
      people.set(id, name);
    const { devices } = await loadUsage(transaction, { user_id: userId, home_id }, 'today');
    used.push(...devices.filter(isSeen));
  }
  const [sort] = SORTS;
  if (sort === undefined) throw new Error('there is an order of devices');
  const page = { sort, after: undefined, limit: MOST_DEVICES };
  return {
    routers: (await listRouters(transaction, userId)).filter(isSeen),
    pending: await findPending(transaction, userId),
    health: await listHealthStates(transaction, userId),
    devices: (await listDevices(transaction, userId, { router_id: only }, page)).slice(
      0,
      MOST_DEVICES,
    ),
    people,
    used,
  };
}

async function findPending(transaction: TenantTransaction, userId: string): Promise<Set<string>> {
  const { rows } = await sql<{ router_id: string }>`
    select router_id from router_policies
    where user_id = ${userId} and applied_revision <> policy_revision`.execute(transaction);
  return new Set(rows.map(({ router_id }) => router_id));
}

/** A registry of this answer alone. */
function measure(seen: Seen): Registry {
  const registry = new Registry();
  measureRouters(registry, seen);
  measureDevices(registry, seen);
  return registry;
}

function gaugeOf(registry: Registry, name: string, help: string, labelNames: string[]) {
  return new Gauge({ name: `netpilot_${name}`, help, labelNames, registers: [registry] });
}

function measureRouters(registry: Registry, { routers, pending, health }: Seen): void {
  const gauge = (name: string, help: string, more: string[] = []) =>
    gaugeOf(registry, name, help, ['router', ...more]);
  const isUp = gauge('router_up', 'Whether the router is connected.', ['name']);
  const isPending = gauge(
    'router_changes_pending',
    'Whether the router has changes to take that it has not confirmed yet.',
  );
  const hasInternet = gauge('router_internet_up', 'Whether the internet answers the router.');
  const roundTrip = gauge(
    'wan_round_trip_seconds',
    'How long the internet takes to answer the router, on average of five minutes.',
  );
  const loss = gauge('wan_loss_ratio', 'What part of the packets got no answer.');
  for (const router of routers) {
    const labels = { router: router.router_id };
    isUp.set(
      { ...labels, name: router.router_name ?? router.router_id },
      Number(router.is_connected),
    );
    isPending.set(labels, Number(pending.has(router.router_id)));
    const state = health.get(router.router_id);
    if (state?.state === 'ok' || state?.state === 'internet_down')
      hasInternet.set(labels, Number(state.state === 'ok'));
    if (typeof state?.round_trip === 'number') roundTrip.set(labels, state.round_trip / 1000);
    if (typeof state?.loss === 'number') loss.set(labels, state.loss / 100);
  }
}

/** How much of the internet a device has. */
const ALLOWED: Record<string, number> = { allow: 1, limit: 0.5, block: 0 };

function measureDevices(registry: Registry, { devices, people, used }: Seen): void {
  const gauge = (name: string, help: string, more: string[] = []) =>
    gaugeOf(registry, name, help, ['router', 'device', ...more]);
  const isOnline = gauge('device_online', 'Whether the device is there.', ['name', 'person']);
  const isAllowed = gauge(
    'device_internet_allowed',
    '1: allowed, 0.5: limited, 0: blocked, for whatever reason.',
  );
  const bytes = new Counter({
    name: 'netpilot_device_bytes_total',
    help: 'What the device received from the internet (down) and sent there (up) since midnight.',
    labelNames: ['router', 'device', 'direction'],
    registers: [registry],
  });
  for (const device of devices) {
    const labels = { router: device.router_id, device: device.id };
    const name = device.device_name ?? device.hostname ?? device.ip;
    const person = people.get(device.person_id ?? '') ?? '';
    isOnline.set({ ...labels, name, person }, Number(device.is_online));
    isAllowed.set(labels, ALLOWED[device.access.access] ?? 0);
  }
  for (const { router_id: router, device_id: device, down, up } of used) {
    const labels = { router, device };
    bytes.inc({ ...labels, direction: 'down' }, down);
    bytes.inc({ ...labels, direction: 'up' }, up);
  }
}
