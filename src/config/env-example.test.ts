/** `.env.example` is the documentation of the configuration, so it is held to the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER, parseConfig } from './config.ts';
import { describeConfig } from './describe.ts';
import { VARIABLES } from './variables.ts';

const text = readFileSync(join(PROJECT_FOLDER, '.env.example'), 'utf8');
const example = parseEnv(text);

test('.env.example names every variable there is, and no other, in the same order', () => {
  expect(Array.from(text.matchAll(/^([A-Z_]+)=/gm), ([, name]) => name)).toEqual(VARIABLES);
  expect(Object.keys(example).toSorted()).toEqual(VARIABLES.toSorted());
});

test('copied as it is, it gives the defaults', () => {
  expect(parseConfig(example)).toEqual(parseConfig({}));
});

test.each(VARIABLES)('%s has one line above it that says what it is and its default', (name) => {
  const lines = text.split('\n');
  const line = lines.indexOf(`${name}=`);
  expect(lines[line - 1]).toMatch(/^# .*(default: |: true or false)/);
  expect(lines[line - 2]).toBe('');
});

test.each([
  ['DB_HOST', '127.0.0.1'],
  ['DB_PORT', '5432'],
  ['DB_NAME', 'netpilot'],
  ['DB_ECHO', 'false'],
  ['HOST', '127.0.0.1'],
  ['PORT', '8080'],
  ['OIDC_ISSUER', 'https://accounts.google.com'],
  ['LOG_LEVEL', 'info'],
] as const)('the default it tells for %s, %s, is the one in force', (name, value) => {
  const filled = {
    DB_USERNAME: 'netpilot',
    SECRET_KEY: 'k'.repeat(32),
    GOOGLE_CLIENT_ID: 'client',
    GOOGLE_CLIENT_SECRET: 'secret',
  };
  const sources = { overrides: {}, environment: filled, dotEnv: {} };
  const inForce = describeConfig(parseConfig(filled), sources);
  expect(String(inForce.find((setting) => setting.name === name)?.value)).toBe(value);
  const above = text.split('\n')[text.split('\n').indexOf(`${name}=`) - 1];
  expect(above).toContain(`default: ${value}`);
});

test.each(VARIABLES)(
  '%s is read: a value for it changes the configuration, or is refused',
  (name) => {
    const outcome = (environment: Record<string, string>) => {
      try {
        return JSON.stringify(parseConfig(environment));
      } catch (error) {
        return String(error);
      }
    };
    // None of the defaults, and right or wrong for each in its own way.
    expect(outcome({ [name]: '1' })).not.toBe(outcome({}));
  },
);
