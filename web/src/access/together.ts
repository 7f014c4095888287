import type { Access } from './text.ts';

/** What holds for several devices taken together; `mixed` if it is not the same for all. */
export type Together = Omit<Access, 'access'> & { access: Access['access'] | 'mixed' };

/** Nothing limits it. */
export const ALLOWED: Access = {
  access: 'allow',
  down_rate: null,
  up_rate: null,
  because: { kind: 'none', rule_id: null, name: null, target: null },
  since: null,
  until: null,
  next: null,
};

/**
 * Takes what holds for the devices of a person together: a rule for the person says why rather than one for a device,
 * and the first change is what comes next.
 */
export function together(accesses: readonly Access[]): Together {
  const first = accesses.find(({ because }) => because.target === 'person') ?? accesses[0];
  if (first === undefined) return ALLOWED;
  const isSame = accesses.every(({ access }) => access === first.access);
  const until = firstOf(accesses.map((each) => each.until));
  const next = accesses
    .map((each) => each.next)
    .filter((each) => each !== null)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))[0];
  if (!isSame) return { ...ALLOWED, access: 'mixed', until, next: next ?? null };
  return { ...first, until, next: next ?? null };
}

/** Texts of one length and zone: the least is the first. */
function firstOf(moments: readonly (string | null)[]): string | null {
  return moments.filter((moment) => moment !== null).toSorted()[0] ?? null;
}
