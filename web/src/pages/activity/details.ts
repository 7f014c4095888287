import type { AuditEntry } from '../../api/queries.ts';

/** The details of an entry, which may be anything in entries of other versions and imports: nothing is taken for granted. */
export type Details = Readonly<Record<string, unknown>>;

export function detailsOf({ details }: AuditEntry): Details {
  return objectIn(details);
}

/** What it was before and after. */
export function changeIn(entry: AuditEntry): { before: Details; after: Details } {
  const { before, after } = detailsOf(entry);
  return { before: objectIn(before), after: objectIn(after) };
}

/** The names of what is not the same before and after. */
export function changedIn({ before, after }: { before: Details; after: Details }): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSame(before[name], after[name]));
}

/** Whether two values of JSON say the same; absent and null do. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one ?? null)) === JSON.stringify(sorted(other ?? null));
}

export function textIn(details: Details, name: string): string | undefined {
  const value = details[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberIn(details: Details, name: string): number | undefined {
  const value = details[name];
  return typeof value === 'number' ? value : undefined;
}

function objectIn(value: unknown): Details {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** PostgreSQL orders the members of an object in its own way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
