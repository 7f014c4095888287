import { expect, test } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { parseConfig } from './config.ts';

const parse = (url: string, more: Record<string, string> = {}) =>
  parseConfig({ NATS_URL: url, ...more }).nats;

test.each([
  ['nats://10.0.0.5', [{ host: '10.0.0.5', port: 4222, isTls: false, login: undefined }]],
  ['tls://n1.example.net, tls://n2.example.net:4333', [{ isTls: true }, { port: 4333 }]],
  ['nats://[fd00::2]:4223', [{ host: 'fd00::2', port: 4223 }]],
  ['nats://np:a%40b@10.0.0.5', [{ login: { user: 'np', password: 'a@b' } }]],
])('%s are servers', (url, servers) => {
  expect(parse(url)?.servers).toMatchObject(servers);
});

test.each([
  'http://10.0.0.5',
  'nats://',
  'nats://:hunter2@10.0.0.5',
  'nats://np:hunter2@10.0.0.5/subject',
  'nats://np:hunter2@10.0.0.5,',
  'nats://np:hunter2@10.0.0.5,nats://10.0.0.6',
  'nats://10.0.0.5,tls://10.0.0.6',
  'np:hunter2@10.0.0.5',
])('%s are not, and are not repeated, in one line', (url) => {
  expect(() => parse(url)).toThrow(InvalidInputError);
  expect(() => parse(url)).toThrow(/^NATS_URL: expected servers, [^\n]*$/);
  expect(() => parse(url)).not.toThrow('hunter2');
});

test('who this is, is said in one way, and of servers that are named', () => {
  expect(() => parseConfig({ NATS_NKEY_FILE: 'api.nk' })).toThrow('NATS_URL');
  expect(() => parse('nats://10.0.0.5', { NATS_CA_FILE: 'ca.pem' })).toThrow('NATS_CA_FILE');
  const both = { NATS_NKEY_FILE: 'api.nk', NATS_CREDENTIALS_FILE: 'api.creds' };
  expect(() => parse('tls://10.0.0.5', both)).toThrow('one way only');
  expect(() => parse('tls://np:x@10.0.0.5', { NATS_NKEY_FILE: 'api.nk' })).toThrow('one way only');
  expect(parse('tls://10.0.0.5', { NATS_NKEY_FILE: '/etc/api.nk' })).toMatchObject({
    nkeyFile: '/etc/api.nk',
  });
});
