/** What a connection of the pool must be, and when it is given up. */
import { Client, type ClientBase } from 'pg';
import { errorMessage } from '../error-message.ts';
import { UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';

/** Longest that a connection may take to say goodbye. */
const LONGEST_GOODBYE_MS = 5_000;

/** Time for the server's own answer that a statement took too long. */
const GRACE_MS = 5_000;

/** How long the driver waits for an answer to a statement: a frozen server gives none. */
export function queryTimeout(statementTimeoutMs: number): { query_timeout?: number } {
  return statementTimeoutMs === 0 ? {} : { query_timeout: statementTimeoutMs + GRACE_MS };
}

/** Ends a connection when it gives no answer in time, so that nothing comes to wait behind that query. */
export function endWhenLate(client: ClientBase): void {
  const query = client.query.bind(client);
  Object.assign(client, {
    query: (...given: unknown[]): unknown => {
      const answer: unknown = Reflect.apply(query, client, given);
      if (answer instanceof Promise)
        answer.catch((error: unknown) => {
          if (errorMessage(error) === 'Query read timeout' && client instanceof Client)
            void client.end();
        });
      return answer;
    },
  });
}

type Session = { role: string; zone: string; dates: string };

/**
 * Throws UnavailableError if a new connection does not have the settings that it was opened with. PgBouncer can drop them:
 * then every statement would run with the rights of the login.
 */
export async function requireSettings(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<Session>(
    `select current_user::text as role, current_setting('TimeZone') as zone, current_setting('DateStyle') as dates`,
  );
  const [session] = rows;
  if (session?.role === role && session.zone === 'UTC' && session.dates.startsWith('ISO')) return;
  throw new UnavailableError(
    `A connection to the database works as ${session?.role}, not as ${role}. ${NOT_DIRECT}`,
  );
}

const NOT_DIRECT =
  'Something between NetPilot and PostgreSQL (PgBouncer?) drops the settings that connections are opened with. NetPilot has a pool of its own: to fix it, connect it to PostgreSQL directly (DB_HOST and DB_PORT, or DATABASE_URL).';

/** The reason why no connection could be made, for the operator. */
export function reasonOfConnecting(error: unknown): string {
  const message = errorMessage(error);
  return message.includes('unsupported startup parameter') ? `${message}. ${NOT_DIRECT}` : message;
}

/** Ends a connection; one that hangs is left to the operating system. */
export async function endConnection(client: Client): Promise<void> {
  await within(LONGEST_GOODBYE_MS, client.end(), () => undefined);
}
