import type { Role } from './access.ts';

/** Who acts on a tenant's data, and so which tenant that is. */
export type Actor = {
  /** The tenant: the owner of the home. */
  userId: string;
  /** `user` through the API, `operator` on the command line, `router` its agent, `system` a schedule. */
  kind: 'user' | 'operator' | 'router' | 'system';
  /** The user who acts; absent: the tenant itself, or no user. */
  actorId?: string;
  /** The home that was chosen; absent: all of the tenant's. */
  homeId?: string | undefined;
  /** What the user is there; absent: no user acts. */
  role?: Role;
  /** Public name of the session, if there is one. */
  sessionId?: string;
  /** What the API token is called that is this session; absent: it is none. */
  tokenName?: string | undefined;
  /** The User-Agent header of the request. */
  userAgent?: string | undefined;
  /** The one router that its token is for; absent: every router of the tenant's. */
  onlyRouterId?: string | undefined;
};

/** Who sent a request. */
export type Sender = Actor & {
  actorId: string;
  role: Role;
  /** Who the sender is in the home, if anybody said so. */
  personId: string | undefined;
  /** Whose home it is, if it is another user's. */
  ownerName: string | undefined;
};
