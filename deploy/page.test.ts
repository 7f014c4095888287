/** docs/deploy.md, held to the program: its settings are a configuration, its ports and addresses the real ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER, parseConfig } from '../src/config/config.ts';

const page = readFileSync(join(PROJECT_FOLDER, 'docs/deploy.md'), 'utf8');
const [, settings = ''] = /## 4\. Settings[^]*?\n\n((?: {4}.*\n)+)/.exec(page) ?? [];
const config = parseConfig(parseEnv(settings.replaceAll(/^ +/gm, '')));

test('the settings are enough for a deployment that routers reach', () => {
  expect(config).toMatchObject({
    publicUrl: 'https://netpilot.example.com',
    issuer: { url: 'https://accounts.google.com' },
    host: '127.0.0.1',
    routers: {
      host: expect.stringMatching(/^(::|0\.0\.0\.0)$/),
      publicHost: 'netpilot.example.com',
    },
    trustedProxies: ['127.0.0.1'],
  });
});

test('each firewall line opens the ports of browsers and routers, and no other', () => {
  const lines = page
    .split('\n')
    .filter((line) => /ufw allow|firewall-cmd|nft insert rule/.test(line));
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line.match(/\d+/g)?.map(Number)).toEqual([443, config.routers.port]);
});

test('Google is given the redirect address that NetPilot uses', () => {
  const path = '/auth/callback';
  const routes = readFileSync(join(PROJECT_FOLDER, 'src/accounts/sign-in-routes.ts'), 'utf8');
  expect(routes).toContain(`'${path}'`);
  expect(page).toContain(`\n       ${config.publicUrl}${path}\n`);
});

test('Caddy forwards to where the service listens', () => {
  const caddyfile = readFileSync(join(PROJECT_FOLDER, 'deploy/Caddyfile'), 'utf8');
  expect(caddyfile).toContain(`reverse_proxy ${config.host}:${config.port}\n`);
});
