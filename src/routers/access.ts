import type { RouterAccess, Services } from '../api/app.ts';
import { UnavailableError } from '../errors.ts';

/** Where routers dial in. Throws UnavailableError if this service has no Commands-Server for them. */
export function requireAccess({ routerAccess }: Pick<Services, 'routerAccess'>): RouterAccess {
  if (routerAccess === undefined)
    throw new UnavailableError(
      'No router can be linked here: no commands-server accepts connections.',
    );
  return routerAccess;
}
