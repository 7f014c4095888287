import { resolve } from 'node:path';
import { NOT_SHOWN, type Reader } from './reader.ts';
import { type Server, parseServerUrl } from './server-url.ts';

/** The MQTT broker that `netpilot mqtt` publishes to. */
export type MqttConfig = Server & {
  /** As it was given, with the password. */
  url: string;
  /** Certificates (PEM) of who vouches for the broker; absent: those that Node.js knows. */
  caFile: string | undefined;
  /** Where Home Assistant looks for what there is. */
  discoveryPrefix: string;
};

const DEFAULT_PORTS = { 'mqtt:': 1883, 'mqtts:': 8883 };
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

/** Undefined if it is not the URL of a broker, or has a password for nobody. */
function parseBroker(text: string): Server | undefined {
  const server = parseServerUrl(text, DEFAULT_PORTS);
  return server?.login?.user === '' ? undefined : server;
}
