/** Several cells behind one address, each a service of its own on a database of its own, with a directory and an issuer. */
import { afterAll } from 'vitest';
import { type Cells, openCells } from '../src/cells/cells.ts';
import { type Directory, openDirectory } from '../src/cells/directory.ts';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import type { Services } from '../src/api/app.ts';
import { nameCell } from '../src/secret-cell.ts';
import { type Person, type TestApp, createTestApp } from './app.ts';
import { type TestDatabase, createTestDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { type Issuer, startIssuer } from './issuer.ts';

export type TestCell = TestApp & {
  number: number;
  database: TestDatabase;
  cells: Cells;
  /** Where its own api listens. */
  url: string;
  /** A person of this cell; the cookie names the cell. */
  enter: () => Promise<Person>;
};

export type TestCells<Number extends number> = {
  directory: Directory;
  directoryUrl: string;
  directoryAddress: DatabaseAddress;
  issuer: Issuer;
  /** Where browsers go: the first cell's api, as if a balancer had chosen it. */
  publicUrl: string;
  cell: (number: Number) => TestCell;
};

/** All are closed after the file's tests. The first one is where every browser arrives. */
export async function startCells<Number extends number>(
  numbers: readonly [Number, ...Number[]],
  overrides: Partial<Services> = {},
): Promise<TestCells<Number>> {
  const { addresses } = await createTestDatabase('template0');
  const directoryUrl = urlOf(addresses.admin);
  const directory = openDirectory(addresses.admin);
  afterAll(() => directory.close());
  await directory.prepare();
  const places = new Map<number, number>();
  for (const number of numbers) {
    const port = await freePort();
    places.set(number, port);
    await directory.run(
      `insert into directory.cells values ($1, $2, 'routers.example.com', 2222)`,
      [number, `http://127.0.0.1:${port}`],
    );
  }
  const publicUrl = `http://127.0.0.1:${places.get(numbers[0])}`;
  const issuer = await startIssuer(`${publicUrl}/auth/callback`);
  afterAll(() => issuer.stop());
  const started = new Map<number, TestCell>();
  for (const [number, port] of places) {
    const database = await createTestDatabase();
    const cells = await openCells({ number, directory: addresses.admin }, () => undefined);
    afterAll(() => cells.close());
    const environment = {
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: issuer.url,
      GOOGLE_CLIENT_ID: issuer.clientId,
      GOOGLE_CLIENT_SECRET: issuer.clientSecret,
      TRUSTED_PROXIES: '127.0.0.1',
      SIGN_UP: 'open',
      CELL: String(number),
      DIRECTORY_URL: directoryUrl,
    };
    const test = await createTestApp(database, { cells, ...overrides }, environment);
    await test.app.listen({ host: '127.0.0.1', port });
    const enter = async (): Promise<Person> => {
      const person = await test.signIn();
      return { ...person, cookie: named(person.cookie, number) };
    };
    started.set(number, {
      ...test,
      number,
      database,
      cells,
      url: `http://127.0.0.1:${port}`,
      enter,
    });
  }
  return {
    directory,
    directoryUrl,
    directoryAddress: addresses.admin,
    issuer,
    publicUrl,
    cell: (number) => {
      const cell = started.get(number);
      if (cell === undefined) throw new RangeError(`no cell ${number}`);
      return cell;
    },
  };
}

/** The same cookie, naming a cell. */
export function named(cookie: string, cell: number | undefined): string {
  const [name = '', token = ''] = cookie.split('=');
  return `${name}=${nameCell(cell, token.replace(/^\d+\./, ''))}`;
}

export function urlOf({ host, port, user, password = '', database }: DatabaseAddress): string {
  const [name, word] = [encodeURIComponent(user), encodeURIComponent(password)];
  return `postgresql://${name}:${word}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
