/** Routers, as the API has them. */
import { Type } from 'typebox';
import { Id, IpAddress, Name, Nullable, RouterId, Timestamp } from '../api/schema.ts';
import { FEATURES } from './features.ts';
import { HEALTH_TARGETS } from './health.ts';
import { HEALTH_STATES } from './health-state.ts';

export const HealthSchema = Type.Object(
  {
    state: Type.Enum(HEALTH_STATES, {
      description:
        '`away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.',
    }),
    since: Nullable(Timestamp('`away`: when it was last connected.')),
    round_trip: Nullable(
      Type.Number({
        description:
          'Milliseconds until its targets answered, on average of the last five minutes; null: none did.',
      }),
    ),
    loss: Nullable(
      Type.Integer({ description: 'Percent of what was asked; null: nothing was measured.' }),
    ),
  },
  { description: 'Whether it is there, and whether it has the internet.' },
);

/** A router as the API has it. */
export const RouterSchema = Type.Object({
  router_id: RouterId,
  router_name: Nullable(Name),
  home_id: Id,
  router_ip: Nullable(IpAddress),
  tunnel_port: Nullable(Type.Integer({ minimum: 1, maximum: 65_535 })),
  cloud_vm_ip: Nullable(IpAddress),
  created_at: Timestamp(),
  last_seen: Nullable(
    Timestamp('When it was last seen connected; while it is connected, up to 15 minutes ago.'),
  ),
  is_connected: Type.Boolean(),
  connected_at: Nullable(Timestamp('When it last connected.')),
  agent_version: Nullable(Type.String({ description: 'The version that its agent reports.' })),
  agent_features: Nullable(
    Type.Array(Type.String(), {
      description: `What its agent can do that not every agent can: some of ${FEATURES.map((feature) => `\`${feature}\``).join(', ')}. Null until it connects.`,
    }),
  ),
  is_agent_old: Nullable(
    Type.Boolean({
      description:
        'Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects.',
    }),
  ),
  agent_lacks: Type.Array(Type.Enum(FEATURES), {
    description: 'What the agent that comes with this NetPilot can do, and this one cannot.',
  }),
  clock: Nullable(
    Type.String({
      description:
        'Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say.',
    }),
  ),
  lan_mac: Nullable(
    Type.String({ format: 'mac', description: 'Of its LAN, as it said when it last connected.' }),
  ),
  has_other_lan_mac: Type.Boolean({
    description: 'Whether that is another one than when it was linked.',
  }),
  same_lan_mac: Type.Array(Type.String(), {
    description: 'Other routers whose LAN has the same MAC: they may be mixed up.',
  }),
  rival: Nullable(
    Type.Object(
      {
        lan_mac: Type.String({ format: 'mac', description: 'Of the other box.' }),
        seen_at: Timestamp(),
      },
      {
        description:
          'Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour.',
      },
    ),
  ),
  connections: Type.Integer({
    description: 'How often it has connected since `connections_since`.',
  }),
  connections_since: Nullable(
    Timestamp('Counted from then on, for an hour; null until it connects.'),
  ),
  is_flapping: Type.Boolean({
    description:
      'Whether it has connected again and again within the past hour: its line fails, or something else connects with its key.',
  }),
  limiter: Nullable(
    Type.String({
      description: 'How it limits rates: with `nft`, the firewall, or `tc`, a shaper.',
    }),
  ),
  is_active: Type.Boolean({ description: 'False once it is unlinked.' }),
  health: HealthSchema,
  health_targets: Nullable(
    Type.Array(IpAddress, {
      maxItems: 2,
      uniqueItems: true,
      description: `Which addresses it asks each minute, in turn, how well the internet answers; null: ${HEALTH_TARGETS.join(' and ')}; empty: none.`,
    }),
  ),
  scan_wanted_at: Nullable(
    Timestamp('When somebody asked for the scan that is under way; null if nobody waits for one.'),
  ),
  scanned_at: Nullable(Timestamp('When all its devices were last read.')),
});

export const Dial = Type.Object({
  host: Nullable(Type.String({ description: 'Null if it has no address that may be dialled.' })),
  port: Nullable(Type.Integer()),
  host_key: Type.String({
    description: 'The only host key that is accepted, learned when the router was linked.',
  }),
  problem: Nullable(
    Type.String({
      description:
        'Why the last call failed: `no-address`, `not-allowed`, `unreachable`, `other-host-key`, `key-refused`, `key-sealed`.',
    }),
  ),
});

/** What a person can change of a router. */
export const EDITABLE = [
  'router_name',
  'home_id',
  'router_ip',
  'tunnel_port',
  'health_targets',
] as const;

export const RouterChange = Type.Partial(Type.Pick(RouterSchema, EDITABLE), {
  additionalProperties: false,
  minProperties: 1,
});
