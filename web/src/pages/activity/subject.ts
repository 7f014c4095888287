import type { AuditEntry, SubjectOf } from '../../api/queries.ts';

/** What the list can be filtered by: the subjects of the actions. */
export const SUBJECTS = [
  'all',
  'block',
  'device',
  'policy',
  'person',
  'rule',
  'whitelist',
  'blacklist',
  'router',
  'import',
  'session',
  'token',
  'setting',
  'user',
] as const satisfies readonly ('all' | SubjectOf<AuditEntry['action']>)[];
export type Subject = (typeof SUBJECTS)[number];

/** Id of the device of an entry, which may be about a block or a list entry of it; else of the entry's subject. */
export function deviceIdOf({ subject_id, details }: AuditEntry): string {
  const id: unknown =
    typeof details === 'object' && details !== null ? Reflect.get(details, 'device_id') : undefined;
  return typeof id === 'string' ? id : (subject_id ?? '');
}
