/** Who does something to a tenant's things, and so whose things they are. */
export type Actor = {
  /** The tenant. */
  userId: string;
  /** `user` through the API, `operator` on the command line, `router` its agent, `system` a schedule. */
  kind: 'user' | 'operator' | 'router' | 'system';
  /** Public name of the session, where there is one. */
  sessionId?: string;
};
