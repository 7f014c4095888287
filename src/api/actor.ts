/** Who acts on a tenant's data, and so which tenant that is. */
export type Actor = {
  /** The tenant. */
  userId: string;
  /** `user` through the API, `operator` on the command line, `router` its agent, `system` a schedule. */
  kind: 'user' | 'operator' | 'router' | 'system';
  /** Public name of the session, if there is one. */
  sessionId?: string;
  /** The one router that its token is for; absent: every router of the tenant's. */
  onlyRouterId?: string | undefined;
};
