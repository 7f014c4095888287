import type { DatabaseAddress } from '../config/database-address.ts';
import { withClient } from './roles.ts';

const BEGINNING = 'netpilot at ';

/** The application name of connections of a service that people reach at this address (in pg_stat_activity). */
export function nameServing(publicUrl: string): string {
  return `${BEGINNING}${publicUrl}`;
}

/** The addresses of the services that run on a database now, the one that started last first. */
export async function findServing(address: DatabaseAddress): Promise<string[]> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ url: string }>(
      `select substr(application_name, length($1::text) + 1) as url from pg_stat_activity
       where datname = current_database() and starts_with(application_name, $1::text)
       group by application_name order by max(backend_start) desc`,
      [BEGINNING],
    );
    return rows.map(({ url }) => url);
  });
}
