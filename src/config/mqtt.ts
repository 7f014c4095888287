import { resolve } from 'node:path';
import { decode } from './database.ts';
import { NOT_SHOWN, type Reader, isHost } from './reader.ts';

/** The MQTT broker that `netpilot mqtt` publishes to. */
export type MqttConfig = {
  /** As it was given, with the password. */
  url: string;
  host: string;
  port: number;
  /** Encrypted, with a certificate that is checked. */
  isTls: boolean;
  login: { user: string; password: string } | undefined;
  /** Certificates (PEM) of who vouches for the broker; absent: those that Node.js knows. */
  caFile: string | undefined;
  /** Where Home Assistant looks for what there is. */
  discoveryPrefix: string;
};

const DEFAULT_PORTS: Record<string, number> = { 'mqtt:': 1883, 'mqtts:': 8883 };
const DEFAULT_PREFIX = 'homeassistant';

/** Reads MQTT_URL, MQTT_CA_FILE and MQTT_DISCOVERY_PREFIX; undefined without the first. */
export function parseMqtt(reader: Reader): MqttConfig | undefined {
  const url = reader.secret('MQTT_URL');
  const caFile = reader.text('MQTT_CA_FILE');
  const discoveryPrefix = parsePrefix(reader);
  if (url === undefined) {
    for (const name of ['MQTT_CA_FILE', 'MQTT_DISCOVERY_PREFIX'] as const)
      if (reader.isSet(name))
        reader.fail({ field: 'MQTT_URL', expected: `the broker that ${name} is for` });
    return undefined;
  }
  const broker = parseBroker(url);
  if (broker === undefined) {
    reader.fail({
      field: 'MQTT_URL',
      value: NOT_SHOWN,
      expected:
        'a broker, as mqtt://user:password@192.168.1.2 or mqtts:// (special characters of the password as in a URL: %40 for @)',
    });
    return undefined;
  }
  if (caFile !== undefined && !broker.isTls)
    reader.fail({
      field: 'MQTT_CA_FILE',
      value: caFile,
      expected: 'nothing, or mqtts:// in MQTT_URL',
    });
  return { url, ...broker, caFile: caFile && resolve(caFile), discoveryPrefix };
}

function parsePrefix(reader: Reader): string {
  const value = reader.text('MQTT_DISCOVERY_PREFIX') ?? DEFAULT_PREFIX;
  if (!/^[\w-]{1,100}(\/[\w-]{1,100}){0,5}$/.test(value))
    reader.fail({
      field: 'MQTT_DISCOVERY_PREFIX',
      value,
      expected: 'the prefix that Home Assistant has: letters, digits, _ and -, and / between them',
    });
  return value;
}

type Broker = Pick<MqttConfig, 'host' | 'port' | 'isTls' | 'login'>;

/** Undefined if it is not the URL of a broker. */
function parseBroker(text: string): Broker | undefined {
  const url = URL.parse(text);
  const defaultPort = url && DEFAULT_PORTS[url.protocol];
  if (!url || !defaultPort || /[?#]/.test(text) || !['', '/'].includes(url.pathname))
    return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [user, password] = [decode(url.username), decode(url.password)];
  if (!isHost(host) || user === undefined || password === undefined) return undefined;
  if (user === '' && password !== '') return undefined;
  return {
    host,
    port: Number(url.port || defaultPort),
    isTls: url.protocol === 'mqtts:',
    login: user === '' ? undefined : { user, password },
  };
}
