import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
} from 'fastify';
import type { Cells } from '../cells/cells.ts';
import type { Config } from '../config/config.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import type { Database } from '../database/pool.ts';
import type { Wakes } from '../wakes/wakes.ts';
import type { RequestRules } from './request-rate.ts';

/** The HTTP server as the routes see it: their schemas type the request and the response. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes work with. Created once at the start; there is no other state. */
export type Services = {
  config: Config;
  database: Database;
  /** For work that needs a connection of its own (the importer's COPY). */
  serviceAddress: DatabaseAddress;
  /** Says what may have changed, in any process. */
  wakes: Wakes;
  /** The cell of this process, and the others; absent: there are none. */
  cells?: Cells | undefined;
  /** Signs cookies. */
  secretKey: string;
  /** Called after sessions have started or ended; nothing waits for it. */
  onSessions: SessionListener;
  /** Where routers dial in, and the host key they expect there; absent if no router can be linked. */
  routerAccess?: RouterAccess | undefined;
  /** The agent that routers can be updated to; default: the signed one that the program has. */
  readRelease?: (() => Promise<{ version: string } | undefined>) | undefined;
  /** How many requests each user may send; default: `REQUEST_RULES`. */
  requestRules?: RequestRules | undefined;
  /** Gets what counts the event streams that are open. */
  onEventFeed?: ((count: () => number) => void) | undefined;
};

/** @param sessionIds the sessions' public names */
export type SessionListener = (change: 'started' | 'ended', sessionIds: readonly string[]) => void;

/** The SSH server of the commands-server, as a router reaches it. */
export type RouterAccess = {
  host: string;
  port: number;
  /** As in known_hosts: `ssh-ed25519 AAAA…`, and `ssh-rsa AAAA…` for who knows no other. */
  hostKeys: readonly string[];
};

export type { FastifyReply, FastifyRequest };
