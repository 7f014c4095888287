import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const DIRECTORY_URL = 'postgresql://netpilot:hunter2@127.0.0.1/directory';

test('without the settings there are no cells', () => {
  expect(parseConfig({}).cell).toBeUndefined();
});

test('a cell has a number, and knows the directory', () => {
  expect(parseConfig({ CELL: '7', DIRECTORY_URL }).cell).toEqual({
    number: 7,
    directory: {
      host: '127.0.0.1',
      port: 5432,
      database: 'directory',
      user: 'netpilot',
      password: 'hunter2',
    },
    target: undefined,
  });
});

test.each([
  [{ CELL: '7' }, 'DIRECTORY_URL: expected the database of the directory, as CELL is set'],
  [{ DIRECTORY_URL }, 'CELL: expected the number of this cell, as DIRECTORY_URL is set'],
  [{ CELL: '0', DIRECTORY_URL }, 'CELL: expected a whole number from 1 to 32767, got "0"'],
  [{ CELL: 'x', DIRECTORY_URL }, 'CELL: expected a whole number from 1 to 32767, got "x"'],
  [{ CELL: '7', DIRECTORY_URL: 'mysql://hunter2' }, 'DIRECTORY_URL: expected a URL such as'],
])('%j is refused, and no password is repeated', (environment, message) => {
  expect(() => parseConfig(environment)).toThrow(message);
  expect(() => parseConfig(environment)).not.toThrow('hunter2');
});
