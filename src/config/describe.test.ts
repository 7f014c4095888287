/** What `netpilot config` shows: what is in force, where it comes from, and no secret. */
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { type Sources, describeConfig } from './describe.ts';
import { VARIABLES } from './variables.ts';

const SECRETS = {
  SECRET_KEY: 'secret key of thirty-two characters',
  DB_PASSWORD: 'secret password',
  GOOGLE_CLIENT_SECRET: 'secret of the client',
};

function settingsOf(sources: Partial<Sources>) {
  const { environment = {}, dotEnv = {}, overrides = {} } = sources;
  const config = parseConfig({ ...dotEnv, ...environment }, overrides);
  return describeConfig(config, { environment, dotEnv, overrides });
}

function settingOf(name: string, sources: Partial<Sources>) {
  return settingsOf(sources).find((setting) => setting.name === name);
}

test('every variable is shown, once, in order', () => {
  expect(settingsOf({}).map(({ name }) => name)).toEqual(VARIABLES);
});

test('a secret is said to be set, and not what it is', () => {
  const environment = { ...SECRETS, DB_USERNAME: 'netpilot', GOOGLE_CLIENT_ID: 'client' };
  const settings = settingsOf({ environment });
  for (const name of Object.keys(SECRETS))
    expect(settings.find((setting) => setting.name === name)).toEqual({
      name,
      isSet: true,
      isSecret: true,
      source: 'environment',
    });
  expect(JSON.stringify(settings)).not.toMatch(/secret (key|password|of)/);
});

test.each([
  ['postgresql://u:hunter2@db.example/d', 'postgresql://u@db.example:5432/d'],
  ['postgresql://u:hunter2@[2001:db8::1]:1/d', 'postgresql://u@[2001:db8::1]:1/d'],
  ['postgresql://u:hunter2@localhost/d?host=/run/p', 'postgresql://u@%2Frun%2Fp:5432/d'],
])('the password inside DATABASE_URL is left out', (url, shown) => {
  const environment = { DATABASE_URL: url, SECRET_KEY: SECRETS.SECRET_KEY };
  expect(settingOf('DATABASE_URL', { environment })?.value).toBe(shown);
  expect(JSON.stringify(settingsOf({ environment }))).not.toContain('hunter2');
});

test('the environment wins over .env, the command line over both', () => {
  const dotEnv = { PORT: '1001' };
  const environment = { PORT: '1002' };
  const overrides = { port: '1003' };
  expect(settingOf('PORT', {})).toMatchObject({ value: 8080, source: 'default' });
  expect(settingOf('PORT', { dotEnv })).toMatchObject({ value: 1001, source: '.env' });
  expect(settingOf('PORT', { dotEnv, environment })).toMatchObject({
    value: 1002,
    source: 'environment',
  });
  expect(settingOf('PORT', { dotEnv, environment, overrides })).toMatchObject({
    value: 1003,
    source: 'option',
  });
});

test('an empty value in the environment takes back what .env says', () => {
  const sources = { dotEnv: { PORT: '1001' }, environment: { PORT: '' } };
  expect(settingOf('PORT', sources)).toMatchObject({ value: 8080, source: 'default' });
});

test('on a terminal the log is quiet, unless it is told otherwise', () => {
  const overrides = { isLogWatched: true };
  const environment = { LOG_LEVEL: 'info' };
  expect(settingOf('LOG_LEVEL', {})?.value).toBe('info');
  expect(settingOf('LOG_LEVEL', { overrides })).toMatchObject({ value: 'warn', source: 'default' });
  expect(settingOf('LOG_LEVEL', { overrides, environment })?.value).toBe('info');
});
