import { type Access, FRESH_MINUTES, type NeededRole } from './access.ts';
import type { App, Services } from './app.ts';
import { problems } from './schema.ts';

/** Registers some routes of the API. */
export type Routes = (app: App, services: Services) => void | Promise<void>;

/**
 * Completes the schema of every route that `app` registers from now on: its tag, the scope and role that it needs, and the
 * problems that any can answer with.
 */
export function completeSchemas(app: App, tag: string): void {
  app.addHook('onRoute', (route) => {
    const { schema, config } = route;
    const response = Object.assign({}, problems, schema?.response);
    route.schema = { tags: [tag], ...schema, ...describeAccess(config?.access), response };
    const needed = [
      describeRole(config?.role),
      config?.needsFreshSignIn === true ? FRESH_SIGN_IN : undefined,
    ].filter((text) => text !== undefined);
    if (needed.length > 0)
      route.schema.description = [schema?.description, ...needed].filter(Boolean).join(' ');
  });
}

const FRESH_SIGN_IN = `In a browser it needs a sign-in of the last ${FRESH_MINUTES} minutes: without, 403 with the type \`/problems/sign-in-too-old\` says where to sign in again. A token needs only the scope.`;

/** What the sender must be in the home; nothing for what every member may do, or what is about oneself. */
function describeRole(role: NeededRole | undefined): string | undefined {
  if (role === undefined || role === 'self' || role === 'child') return undefined;
  return role === 'owner' ? "For the home's owner." : `For the role \`${role}\` and above.`;
}

/** Who may send the request (OpenAPI 3.1, Security Requirement Object: the list names what a token needs). */
function describeAccess(access: Access | undefined): object {
  if (access === undefined) return {};
  return { security: [{ session: [] }, { token: access === 'any' ? [] : [access] }] };
}
