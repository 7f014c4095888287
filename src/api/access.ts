import type { FastifyRequest } from 'fastify';
import { ForbiddenError, NotFoundError, SignInTooOldError } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { App } from './app.ts';

/** What a token can be allowed to do. `read` is part of each of the others. */
export const SCOPES = ['read', 'control', 'manage', 'account'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a route needs: a scope, or (`any`) only a session or a token. */
export type Access = Scope | 'any';

/** What somebody is in a home, the least first. */
export const ROLES = ['child', 'viewer', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role may do what needs at least another one. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The least role that a route needs; `self`: it is about the sender's own account, whatever home is chosen. */
export type NeededRole = Role | 'self';

/** What a role may do with routes that need more than `child`: those are for every member. */
const SCOPES_OF_ROLE: Record<Role, readonly Scope[]> = {
  child: [],
  viewer: ['read'],
  admin: ['read', 'control', 'manage'],
  owner: SCOPES,
};

/** What a session may do: one in a browser what its user's role allows, a token at most what its owner gave it. */
export type Rights = {
  scopes: readonly Scope[];
  /** What its user is in the home that the request is about. */
  role: Role;
  /** The one router that it may reach; undefined: every router. */
  onlyRouterId: string | undefined;
  /** Whether it is a token, of a program, or the session of a person. */
  isToken: boolean;
  /** Whether the person signed in within the last FRESH_MINUTES; no token ever has. */
  isFresh: boolean;
};

/** What cannot be undone, or outlives a session, needs a sign-in as new as this. */
export const FRESH_MINUTES = 10;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each route for signed-in people has both. */
    access?: Access;
    role?: NeededRole;
    /** Without a router in its path, it answers for the one router of a limited token alone (`routerWithin`). */
    isWithinRouter?: boolean;
    /** A person must have signed in within the last FRESH_MINUTES. A token, which nobody signs in with, needs only the scope. */
    needsFreshSignIn?: boolean;
  }
}

/** Refuses to register, from now on, a route of `app` that does not declare what it needs. */
export function requireDeclaredAccess(app: App): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined || config.role === undefined)
      throw new Error(
        `${String(method)} ${url} does not declare what it needs: give its config an \`access\` and a \`role\`.`,
      );
  });
}

/**
 * The one place that decides whether a session may use a route. Throws ForbiddenError without the role or scope, or if the
 * route cannot be limited to the session's router; NotFoundError for another router; SignInTooOldError.
 * @param signInUrl where a person signs in again; undefined: by the local link
 */
export function requireRights(
  request: FastifyRequest,
  { scopes, role, onlyRouterId, isToken, isFresh }: Rights,
  signInUrl: string | undefined,
): void {
  const { config } = request.routeOptions;
  const { access, role: needed, isWithinRouter = false, needsFreshSignIn = false, url } = config;
  if (access === undefined || needed === undefined)
    throw new Error(`${url} does not declare what it needs.`);
  requireRole(needed, role, access);
  if (access === 'any') return;
  if (!scopes.includes(access))
    throw new ForbiddenError(
      `This token has the scopes ${scopes.join(', ')}, and this needs \`${access}\`: create a token with that scope.`,
    );
  if (needsFreshSignIn && !isToken && !isFresh)
    throw new SignInTooOldError(FRESH_MINUTES, signInUrl);
  if (onlyRouterId === undefined) return;
  const router = routerOf(request);
  if (router === undefined) {
    if (isWithinRouter) return;
    throw new ForbiddenError(
      `This token is for the router ${JSON.stringify(onlyRouterId)} only, and this is about more than one router: create a token for all routers.`,
    );
  }
  if (router !== onlyRouterId) throw new NotFoundError('router', router);
}

/** Who reads only in a home, gets a transaction in which PostgreSQL refuses every write; but for what every member may do. */
export function isReadOnly(request: FastifyRequest, role: Role): boolean {
  return (role === 'viewer' || role === 'child') && !mayEachMemberWrite(request);
}

/** Whether the request writes what every member may write. */
export function mayEachMemberWrite({ method, routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.role === 'child' && !['GET', 'HEAD'].includes(method);
}

/** Throws ForbiddenError if the role is less than what is needed, or does not have the scope. */
function requireRole(needed: NeededRole, role: Role, access: Access): void {
  // About oneself, or for every member: only a token is limited.
  if (needed === 'self' || needed === 'child') return;
  const hasScope = access === 'any' || SCOPES_OF_ROLE[role].includes(access);
  if (!isAtLeast(role, needed) || !hasScope)
    throw new ForbiddenError(
      `You are ${role} of this home, and this needs ${needed}: ask its owner.`,
    );
}

/**
 * The router that a list is limited to: the one asked for, else the one that the actor's token is for.
 * Throws NotFoundError if the token is for another router.
 */
export function routerWithin(
  { onlyRouterId }: Actor,
  wanted: string | undefined,
): string | undefined {
  if (onlyRouterId === undefined) return wanted;
  if (wanted !== undefined && wanted !== onlyRouterId) throw new NotFoundError('router', wanted);
  return onlyRouterId;
}

/** The router in the request's path. */
function routerOf({ params }: FastifyRequest): string | undefined {
  const found: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, 'router_id') : undefined;
  return typeof found === 'string' ? found : undefined;
}
