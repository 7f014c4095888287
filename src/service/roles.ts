/** What a process can do; it does all of it unless told otherwise. */
export const ROLES = ['api', 'commands-server', 'worker'] as const;
export type Role = (typeof ROLES)[number];
