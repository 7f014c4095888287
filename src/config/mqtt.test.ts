import { expect, test } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { parseConfig } from './config.ts';

const parse = (url: string, more: Record<string, string> = {}) =>
  parseConfig({ MQTT_URL: url, ...more }).mqtt;

test.each([
  ['mqtt://192.168.1.2', { host: '192.168.1.2', port: 1883, isTls: false, login: undefined }],
  ['mqtts://broker.home', { host: 'broker.home', port: 8883, isTls: true }],
  ['mqtt://[fd00::2]:1884/', { host: 'fd00::2', port: 1884 }],
  ['mqtt://ha:a%40b%3A%2Fc@core-mosquitto', { login: { user: 'ha', password: 'a@b:/c' } }],
  ['mqtt://ha@core-mosquitto', { login: { user: 'ha', password: '' } }],
])('%s is a broker', (url, expected) => {
  expect(parse(url)).toMatchObject({ discoveryPrefix: 'homeassistant', ...expected });
});

test.each([
  'http://192.168.1.2',
  'mqtt://',
  'mqtt://:hunter2@192.168.1.2',
  'mqtt://ha:hunter2@192.168.1.2/topic',
  'mqtt://ha:hunter2@192.168.1.2?clientId=x',
  'mqtt://ha:hunter2%@192.168.1.2',
  'ha:hunter2@192.168.1.2',
  ' mqtt://192.168.1.2',
])('%s is not, and is not repeated', (url) => {
  expect(() => parse(url)).toThrow(InvalidInputError);
  expect(() => parse(url)).not.toThrow('hunter2');
});

test('what is said of the broker alone needs a broker; a certificate needs TLS', () => {
  expect(() => parseConfig({ MQTT_CA_FILE: 'ca.pem' })).toThrow('MQTT_URL');
  expect(() => parse('mqtt://192.168.1.2', { MQTT_CA_FILE: 'ca.pem' })).toThrow('MQTT_CA_FILE');
  expect(parse('mqtts://192.168.1.2', { MQTT_CA_FILE: '/etc/ca.pem' })).toMatchObject({
    caFile: '/etc/ca.pem',
  });
});

test.each(['+', 'a/#', '/a', 'a//b', 'ä'])('%s is not a prefix of topics', (prefix) => {
  expect(() => parse('mqtt://192.168.1.2', { MQTT_DISCOVERY_PREFIX: prefix })).toThrow(
    'MQTT_DISCOVERY_PREFIX',
  );
});
