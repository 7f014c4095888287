/** The directory, as the cells ask it: where somebody lives who signs in. Never on the way of another request. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError, Pool, type PoolClient } from 'pg';
import type { DatabaseAddress } from '../config/database-address.ts';
import { ConflictError, UnavailableError } from '../errors.ts';

/** Milliseconds that a connection, and an answer, may take: somebody waits to sign in. */
const LONGEST_MS = 3_000;
const MOST_CONNECTIONS = 4;
const NO_SUCH_TABLE = '42P01';
const NO_SUCH_COLUMN = '42703';
const INSUFFICIENT_PRIVILEGE = '42501';
const UNIQUE_VIOLATION = '23505';

export const CELL_STATES = ['open', 'full', 'draining'] as const;
export type CellState = (typeof CELL_STATES)[number];

/** A cell, as others reach it. */
export type Cell = {
  cell: number;
  /** Without a slash at its end. */
  api_url: string;
  routers_host: string;
  routers_port: number;
  state: CellState;
};

/** What of its row others need. */
export const CELL_COLUMNS = 'cell, api_url, routers_host, routers_port, state';

/** Who an issuer, or a local link, says that somebody is. */
export type Identity = { issuer: string | null; subject: string | null; email: string };

/** A person's row: `user_id` is null of somebody who is invited. */
export type Resident = Identity & {
  user_id: string | null;
  cell: number;
  state: 'settled' | 'moving';
  moving_to: number | null;
};

/** Each function throws UnavailableError if the directory does not answer. */
export type Directory = ReturnType<typeof createPeople> & {
  /** Makes its tables, those that are missing. */
  prepare: () => Promise<void>;
  /** By number. */
  listCells: () => Promise<Cell[]>;
  run: Run;
  close: () => Promise<void>;
};

type Run = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Connects when it is first asked. */
export function openDirectory(address: DatabaseAddress): Directory {
  const pool = new Pool({
    ...address,
    application_name: 'netpilot directory',
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: LONGEST_MS,
    query_timeout: LONGEST_MS,
    keepAlive: true,
  });
  // It connects anew when it is asked next.
  pool.on('error', () => undefined);
  const run: Run = async <Row extends object>(text: string, values: unknown[] = []) => {
    try {
      return (await pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw explain(error);
    }
  };
  return {
    ...createPeople(run, pool),
    prepare: async () => {
      await run(await readFile(join(import.meta.dirname, 'directory.sql'), 'utf8'));
    },
    listCells: () => run<Cell>(`select ${CELL_COLUMNS} from directory.cells order by cell`),
    run,
    close: () => pool.end(),
  };
}

/** Who lives where. */
function createPeople(run: Run, pool: Pool) {
  return {
    /** The row of a person who is known by identity, or else by e-mail. */
    find: async ({ issuer, subject, email }: Identity): Promise<Resident | undefined> => {
      const [resident] = await run<Resident>(
        `select * from directory.people where (issuer = $1 and subject = $2) or email = $3
         order by (issuer = $1 and subject = $2) desc nulls last limit 1`,
        [issuer, subject, email],
      );
      return resident;
    },

    /**
     * Says that a user has an account in a cell, with this identity. Throws ConflictError if the directory has the person in
     * another one: somebody who has signed in twice at the same moment, or was moved since.
     */
    claim: (user: Identity & { user_id: string }, cell: number): Promise<void> =>
      inTransaction(pool, async (client) => {
        const { user_id, issuer, subject, email } = user;
        // The address may have changed at the issuer.
        await client.query(
          `delete from directory.people where cell = $2 and email <> $3
             and (user_id = $1 or (issuer = $4 and subject = $5))`,
          [user_id, cell, email, issuer, subject],
        );
        const { rowCount } = await client.query(
          `insert into directory.people (user_id, issuer, subject, email, cell) values ($1, $2, $3, $4, $5)
           on conflict (email) do update set user_id = excluded.user_id, issuer = excluded.issuer, subject = excluded.subject
           where people.cell = excluded.cell`,
          [user_id, issuer, subject, email, cell],
        );
        if (rowCount === 0) throw livesElsewhere(email);
      }),

    /** The account is deleted. */
    forget: async (userId: string, cell: number): Promise<void> => {
      await run('delete from directory.people where user_id = $1 and cell = $2', [userId, cell]);
    },

    /** Somebody who has no account yet is to get one in this cell. False if they have one, or are invited elsewhere. */
    invite: async (email: string, cell: number): Promise<boolean> => {
      const invited = await run(
        `insert into directory.people (email, cell) values ($1, $2)
         on conflict (email) do update set cell = excluded.cell
         where people.cell = excluded.cell and people.user_id is null returning email`,
        [email, cell],
      );
      return invited.length > 0;
    },

    uninvite: async (email: string, cell: number): Promise<void> => {
      await run('delete from directory.people where email = $1 and cell = $2 and user_id is null', [
        email,
        cell,
      ]);
    },
  };
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Its connection ends, and with it the transaction.
    client?.release(true);
    throw explain(error);
  }
}

function livesElsewhere(email: string): ConflictError {
  return new ConflictError(`${email} has an account in another cell: sign in again.`);
}

/** What is ours stays; whatever else went wrong, the directory did not do it. */
function explain(error: unknown): Error {
  if (error instanceof ConflictError) return error;
  const code = error instanceof DatabaseError ? error.code : undefined;
  if (code === UNIQUE_VIOLATION)
    return new ConflictError(
      'The directory has this person in another cell, or under another address: sign in again.',
      { cause: error },
    );
  return new UnavailableError(
    REASONS[code ?? ''] ??
      'The directory of cells does not answer, so nobody can sign in at the moment: try again later. Who is signed in, and every router, goes on as before.',
    { cause: error },
  );
}

/** What the operator has to do first. */
const REASONS: Readonly<Record<string, string>> = {
  [NO_SUCH_TABLE]: 'The directory of cells is empty: run `netpilot cell add` in each cell first.',
  [NO_SUCH_COLUMN]:
    'The directory of cells is of an older version: run `netpilot cell add` in each cell first.',
  [INSUFFICIENT_PRIVILEGE]:
    'The login in DIRECTORY_URL may not write the directory of cells: let it own a database of its own (docs/cells.md).',
};
