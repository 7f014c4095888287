import { FRESH_MINUTES } from '../api/access.ts';
import { ForbiddenError } from '../errors.ts';

/** When a person proved who they are; `unknown` if they may have done so long ago. */
export type Authenticated = Date | 'now' | 'unknown';

/**
 * When the person authenticated who has come back from the issuer: as it says (`auth_time`), else now if it was told to
 * ask again (OpenID Connect Core 1.0, 3.1.2.1). Throws ForbiddenError if it was told, and says that it did not.
 */
export function whenAuthenticated(
  { isFresh, authTime }: { isFresh: boolean; authTime: Date | undefined },
  now: Date,
): Authenticated {
  if (authTime === undefined) return isFresh ? 'now' : 'unknown';
  const isOld = now.getTime() - authTime.getTime() >= FRESH_MINUTES * 60_000;
  if (isFresh && isOld)
    throw new ForbiddenError(
      `The issuer did not ask you to sign in again: it says that you did so at ${authTime.toISOString()}. Sign out there, then try again.`,
    );
  return authTime > now ? 'now' : authTime;
}
