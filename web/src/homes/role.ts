/** What a member of a home can be; the owner is none. */
export const MEMBER_ROLES = ['admin', 'viewer', 'child'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** A role as the server names it. One that a newer server added says at least that it reads. */
export function knownRole(role: string): MemberRole {
  return MEMBER_ROLES.find((known) => known === role) ?? 'viewer';
}
