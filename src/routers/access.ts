import type { RouterAccess, Services } from '../api/app.ts';
import { UnavailableError } from '../errors.ts';

/** Where routers dial in. Throws UnavailableError where this service has no such place. */
export function requireAccess({ routerAccess }: Pick<Services, 'routerAccess'>): RouterAccess {
  if (routerAccess === undefined)
    throw new UnavailableError('No router can be linked here: no commands-server takes them in.');
  return routerAccess;
}
