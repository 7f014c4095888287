/**
 * What Home Assistant has got by MQTT, and its checks of a device's discovery payload, as its documentation says them:
 * https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload and the pages of the platforms (2024.11 to 2026.11).
 */
import { type MqttClient, connectAsync } from 'mqtt';
import { createWakeUp } from '../src/wake-up.ts';

export type Watcher = {
  client: MqttClient;
  /** What the broker has retained, by topic. */
  retained: ReadonlyMap<string, string>;
  /** Everything that came, `topic payload`. */
  heard: readonly string[];
  /** Resolves when a topic has this payload; undefined: when it has none. */
  until: (topic: string, payload: string | RegExp | undefined) => Promise<void>;
  /** Resolves when something holds of what was retained. */
  untilThat: (holds: (retained: ReadonlyMap<string, string>) => boolean) => Promise<void>;
  /** Publishes, as Home Assistant does it. */
  send: (topic: string, payload: string, retain?: boolean) => Promise<unknown>;
  end: () => Promise<void>;
};

/** Connects to a broker, and keeps what is published. */
export async function watchBroker(port: number): Promise<Watcher> {
  const client = await connectAsync({
    host: '127.0.0.1',
    port,
    protocol: 'mqtt',
    reconnectPeriod: 100,
    // Says of each message whether it was published to be retained.
    protocolVersion: 5,
  });
  client.on('error', () => undefined);
  const retained = new Map<string, string>();
  const heard: string[] = [];
  const wakeUp = createWakeUp();
  // A broker that starts again has forgotten everything.
  client.on('connect', () => retained.clear());
  client.on('message', (topic, buffer, { retain }) => {
    const payload = buffer.toString();
    heard.push(`${topic} ${payload}`);
    // Of an empty one mosquitto does not say it.
    if (payload === '') retained.delete(topic);
    else if (retain) retained.set(topic, payload);
    wakeUp.wake();
  });
  await client.subscribeAsync('#', { qos: 1, rap: true });
  const untilThat: Watcher['untilThat'] = async (holds) => {
    const end = Date.now() + 120_000;
    while (!holds(retained)) {
      if (Date.now() > end)
        throw new Error(`It has not come: ${JSON.stringify([...retained], null, 1)}`);
      await wakeUp.wait(1_000);
    }
  };
  return {
    client,
    retained,
    heard,
    untilThat,
    until: (topic, payload) =>
      untilThat((all) => {
        const value = all.get(topic);
        return payload instanceof RegExp
          ? value !== undefined && payload.test(value)
          : value === payload;
      }),
    send: (topic, payload, retain = false) =>
      client.publishAsync(topic, payload, { qos: 1, retain }),
    end: () => client.endAsync(true),
  };
}

type Kind = 'text' | 'topic' | 'boolean' | 'number' | 'icon' | 'name';

/** Options of every entity, then of each platform: those that there are; the required ones with `!`. */
const COMMON: Record<string, Kind> = {
  'unique_id!': 'text',
  name: 'name',
  icon: 'icon',
  json_attributes_topic: 'topic',
  qos: 'number',
};
const PLATFORMS: Record<string, Record<string, Kind>> = {
  device_tracker: { state_topic: 'topic', source_type: 'text' },
  switch: {
    'command_topic!': 'topic',
    state_topic: 'topic',
    optimistic: 'boolean',
    retain: 'boolean',
  },
  binary_sensor: {
    'state_topic!': 'topic',
    device_class: 'text',
    payload_on: 'text',
    payload_off: 'text',
  },
  sensor: {
    'state_topic!': 'topic',
    device_class: 'text',
    state_class: 'text',
    unit_of_measurement: 'text',
    suggested_display_precision: 'number',
  },
  button: { 'command_topic!': 'topic' },
};
const DEVICE = new Set([
  'identifiers',
  'connections',
  'name',
  'manufacturer',
  'model',
  'via_device',
  'configuration_url',
]);
/** What the device classes that are used take (developers.home-assistant.io: sensor and binary sensor entities). */
const UNITS: Record<string, readonly string[]> = {
  duration: ['d', 'h', 'min', 's', 'ms'],
  data_size: ['B', 'kB', 'MB', 'GB'],
};
const BINARY_CLASSES = new Set(['connectivity']);

/** What Home Assistant would refuse of a message on a discovery topic; empty: it takes it. */
export function findRefusals(topic: string, payload: string): string[] {
  const refusals: string[] = [];
  const refuse = (what: string) => refusals.push(`${topic}: ${what}`);
  if (!/^homeassistant\/device\/([\w-]+\/)?[\w-]+\/config$/.test(topic)) refuse('the topic');
  const { device, origin, components, availability, availability_mode, ...rest } = Object(
    JSON.parse(payload),
  );
  for (const key of Object.keys(rest)) refuse(`unknown option ${key}`);
  if (typeof Object(origin).name !== 'string') refuse('origin needs a name');
  if (!/^https?:/.test(String(Object(origin).support_url))) refuse('support_url');
  for (const key of Object.keys(Object(device))) if (!DEVICE.has(key)) refuse(`device ${key}`);
  const { identifiers = [], connections = [], name, configuration_url } = Object(device);
  if (identifiers.length === 0 && connections.length === 0) refuse('no identifier');
  if (typeof name !== 'string') refuse('device name');
  if (!/^https?:/.test(configuration_url)) refuse('configuration_url');
  for (const connection of connections)
    if (
      connection.length !== 2 ||
      connection[0] !== 'mac' ||
      !/^([\da-f]{2}:){5}[\da-f]{2}$/.test(connection[1])
    )
      refuse(`connection ${JSON.stringify(connection)}`);
  for (const entry of availability ?? []) if (!isTopic(entry.topic)) refuse('availability');
  if (!['all', 'any', 'latest', undefined].includes(availability_mode)) refuse('availability_mode');
  for (const [id, component] of Object.entries(Object(components))) {
    if (!/^\w+$/.test(id)) refuse(`component id ${id}`);
    for (const what of findWrongOptions(Object(component))) refuse(`${id}: ${what}`);
  }
  return refusals;
}

function findWrongOptions({ platform, ...options }: Record<string, unknown>): string[] {
  const known = PLATFORMS[String(platform)];
  if (known === undefined) return [`unknown platform ${String(platform)}`];
  // Removes it.
  if (Object.keys(options).length === 0) return [];
  const all = Object.entries({ ...COMMON, ...known });
  const missing = all
    .filter(([name]) => name.endsWith('!') && options[name.slice(0, -1)] === undefined)
    .map(([name]) => `${name} is missing`);
  const wrong = Object.entries(options).flatMap(([name, value]) => {
    const kind = all.find(([each]) => each.replace('!', '') === name)?.[1];
    if (kind === undefined) return [`unknown option ${name}`];
    return isOf(kind, value) ? [] : [`${name}: ${JSON.stringify(value)}`];
  });
  return [...missing, ...wrong, ...findWrongClass(String(platform), options)];
}

function findWrongClass(platform: string, options: Record<string, unknown>): string[] {
  const { device_class, unit_of_measurement, state_class, source_type } = options;
  const wrong: string[] = [];
  if (platform === 'sensor' && !UNITS[String(device_class)]?.includes(String(unit_of_measurement)))
    wrong.push(`unit of ${String(device_class)}`);
  if (platform === 'binary_sensor' && !BINARY_CLASSES.has(String(device_class)))
    wrong.push('device_class');
  if (state_class !== undefined && state_class !== 'total_increasing') wrong.push('state_class');
  if (platform === 'device_tracker' && source_type !== 'router') wrong.push('source_type');
  return wrong;
}

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'topic') return isTopic(value);
  if (kind === 'icon') return /^mdi:[a-z-]+$/.test(String(value));
  if (kind === 'name') return value === null || typeof value === 'string';
  return typeof value === (kind === 'text' ? 'string' : kind);
}

/** Without wildcards, NUL and what else `valid_publish_topic` refuses. */
function isTopic(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]+(\/[\w-]+)+$/.test(value) && value.length < 65_536;
}
