/** The operations of the API, as its own document lists them, and a request to each for what a household has. */
import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'light-my-request';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { App } from '../src/api/app.ts';
import type { Household } from './household.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Operation = { method: Method; path: string; name: string };

/** Open to everybody on purpose: signing in, and what reports on the service itself. */
const PUBLIC = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /auth/sign-in',
  'GET /auth/callback',
  'GET /auth/local',
  'GET /install.sh',
  'GET /agent/netpilot-agent',
  'GET /agent/netpilot.init',
  'POST /agent/register',
]);

/** Bodies that are right in themselves, so that nothing but the right to the thing is in question. */
const BODIES: Record<string, object> = {
  'POST /api/v1/homes/{home_id}/invitations': { role: 'viewer' },
  'PATCH /api/v1/homes/{home_id}/members/{member_id}': { role: 'admin' },
  'POST /api/v1/homes/{home_id}/asks': { minutes: 30 },
  'POST /api/v1/homes/{home_id}/asks/{id}/answer': { answer: 'granted' },
  'POST /api/v1/homes/{home_id}/alert-channels': {
    kind: 'ntfy',
    settings: { topic: 'taken-over' },
  },
  'PUT /api/v1/homes/{home_id}/alert-preferences': {
    quiet_hours: [],
    let_through: [],
    digest: null,
    watched_devices: [],
  },
  'PATCH /api/v1/homes/{home_id}/alert-channels/{id}': { name: 'taken over' },
  'PUT /api/v1/homes/{home_id}/alert-channels/{id}/subscription': {
    before: 'https://push.example.com/before',
    settings: {
      endpoint: 'https://push.example.com/taken-over',
      keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) },
    },
  },
  'POST /api/v1/homes': { name: 'taken over' },
  'PATCH /api/v1/homes/{home_id}': { name: 'taken over' },
  'POST /api/v1/homes/{home_id}/people': { name: 'taken over' },
  'PATCH /api/v1/homes/{home_id}/people/{id}': { name: 'taken over' },
  'PATCH /api/v1/routers/{router_id}': { router_name: 'taken over' },
  'PATCH /api/v1/routers/{router_id}/devices/{id}': { device_name: 'taken over' },
  'POST /api/v1/homes/{home_id}/devices/review': { decision: 'allow', all: true },
  'POST /api/v1/routers/{router_id}/devices/{id}/review': { decision: 'allow' },
  'POST /api/v1/routers/{router_id}/devices/{id}/merge': { device_id: randomUUID() },
  'POST /api/v1/routers/{router_id}/devices/{id}/unmerge': { device_id: randomUUID() },
  'POST /api/v1/tokens': { token_name: 'taken over' },
  'PUT /api/v1/routers/{router_id}/policy': {
    mode: 'whitelist',
    whitelist_limit_rate: 0,
    whitelist_full_rate: null,
    blacklist_limit_rate: 0,
    blacklist_full_rate: null,
  },
  'PATCH /api/v1/routers/{router_id}/policy': { mode: 'whitelist' },
  'POST /api/v1/routers/{router_id}/whitelist': { device_ip: '192.168.1.30' },
  'PATCH /api/v1/routers/{router_id}/whitelist/{id}': { description: 'taken over' },
  'POST /api/v1/routers/{router_id}/blacklist': { device_ip: '192.168.1.30' },
  'PATCH /api/v1/routers/{router_id}/blacklist/{id}': { is_active: false },
  'POST /api/v1/routers/{router_id}/replace': { replaces: 'another' },
  'POST /api/v1/routers/{router_id}/blocks': { device_ip: '192.168.1.30' },
  'POST /api/v1/homes/{home_id}/rules': { kind: 'pause', target: 'everyone', minutes: 5 },
  'POST /api/v1/homes/{home_id}/rules/preview': { rule: { kind: 'pause', target: 'everyone' } },
  'PATCH /api/v1/homes/{home_id}/rules/{id}': { name: 'taken over' },
  'PUT /api/v1/routers/{router_id}/settings/{setting_key}': { setting_value: 'taken over' },
};

const METHODS: Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const OpenApi = Type.Object({
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
});

/** Every operation that is for signed-in people. */
export async function readGuardedOperations(app: App): Promise<Operation[]> {
  const { paths } = Value.Parse(OpenApi, (await app.inject('/openapi.json')).json());
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      METHODS.filter((method) => method.toLowerCase() in item).map((method) => ({
        method,
        path,
        name: `${method} ${path}`,
      })),
    )
    .filter(({ name }) => !PUBLIC.has(name));
}

/** A valid request for the household's things. */
export function requestOf(
  { method, path, name }: Operation,
  { params, ids }: Household,
): InjectOptions {
  const url = path.replaceAll(
    /([\w-]+)\/\{(\w+)\}/g,
    (_all, collection: string, parameter: string) => {
      const value = parameter === 'id' ? ids[collection] : params[parameter];
      if (value === undefined)
        throw new Error(
          `${path}: testing/household.ts has nothing for {${parameter}} of ${collection}: give it one.`,
        );
      return `${collection}/${encodeURIComponent(value)}`;
    },
  );
  const body = BODIES[name];
  return { method, url, ...(body && { payload: body }) };
}
