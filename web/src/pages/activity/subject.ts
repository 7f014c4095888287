import type { AuditEntry, SubjectOf } from '../../api/queries.ts';

/** What the list can be filtered by: the subjects of the actions. */
export const SUBJECTS = [
  'all',
  'block',
  'device',
  'person',
  'access',
  'rule',
  'policy',
  'whitelist',
  'blacklist',
  'router',
  'home',
  'member',
  'import',
  'session',
  'token',
  'setting',
  'user',
] as const satisfies readonly ('all' | SubjectOf<AuditEntry['action']>)[];
export type Subject = (typeof SUBJECTS)[number];
