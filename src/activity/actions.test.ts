import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { EVENT_TYPES } from './actions.ts';

test('what functions of the database record is in the list', async () => {
  const database = await createTestDatabase();
  const { rows } = await sql<{ name: string }>`
    select distinct found[1] as name
    from pg_proc p, regexp_matches(p.prosrc, '''([a-z]+[.][a-z_]+)''', 'g') found
    where p.pronamespace = 'public'::regnamespace and found[1] not like 'netpilot.%'`.execute(
    database.owner,
  );
  const names = rows.map(({ name }) => name);
  expect(names).toContain('device.discovered');
  expect(EVENT_TYPES).toEqual(expect.arrayContaining(names));
});
