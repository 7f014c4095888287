/** How much one router may leave in the log and in the database in an hour, however often it connects. */
import type { FastifyBaseLogger } from 'fastify';
import type { OfRouter } from '../database/models.ts';
import { routerKey } from './router-key.ts';

export type RouterLimits = {
  /** Lines of the log. */
  lines: number;
  /** Devices that appeared, came, went or moved: each is a row in the history. */
  changes: number;
  /** Connections that events report. */
  connections: number;
  periodMs: number;
};

export const ROUTER_LIMITS: RouterLimits = {
  lines: 100,
  changes: 10_000,
  connections: 200,
  periodMs: 3_600_000,
};

type Write = (fields: object, text: string) => void;

/** A log of one router, which each line names. */
export type RouterLog = { info: Write; warn: Write; error: Write };

export interface RouterQuotas {
  /** Its first lines of each period are written, the rest are counted, and reported by one line at the end. */
  logOf: (router: OfRouter) => RouterLog;
  /** Whether more of its changes may be stored in this period. */
  mayChange: (router: OfRouter) => boolean;
  countChanges: (router: OfRouter, count: number) => void;
  /** Counts a new connection; false: it leaves no events. */
  mayAnnounce: (router: OfRouter) => boolean;
}

export function createRouterQuotas(
  log: FastifyBaseLogger,
  { lines, changes, connections, periodMs }: RouterLimits = ROUTER_LIMITS,
): RouterQuotas {
  const periods = new Map<
    string,
    { lines: number; changes: number; connections: number; unstored: number }
  >();

  const periodOf = (router: OfRouter) => {
    const key = routerKey(router);
    const current = periods.get(key);
    if (current !== undefined) return current;
    const period = { lines: 0, changes: 0, connections: 0, unstored: 0 };
    periods.set(key, period);
    const end = () => {
      periods.delete(key);
      const unwritten = Math.max(0, period.lines - lines);
      if (unwritten + period.unstored > 0)
        named(log, router).warn(
          { unwritten, unstored: period.unstored },
          'a router caused more lines or changes than are kept in an hour',
        );
    };
    setTimeout(end, periodMs).unref();
    return period;
  };

  return {
    logOf: (router) => {
      const own = named(log, router);
      const write =
        (level: keyof RouterLog): Write =>
        (fields, text) => {
          const period = periodOf(router);
          period.lines += 1;
          if (period.lines <= lines) own[level](fields, text);
        };
      return { info: write('info'), warn: write('warn'), error: write('error') };
    },
    mayChange: (router) => {
      const period = periodOf(router);
      if (period.changes < changes) return true;
      period.unstored += 1;
      return false;
    },
    countChanges: (router, count) => {
      periodOf(router).changes += count;
    },
    mayAnnounce: (router) => {
      const period = periodOf(router);
      period.connections += 1;
      return period.connections <= connections;
    },
  };
}

function named(log: FastifyBaseLogger, { user_id, router_id }: OfRouter): FastifyBaseLogger {
  return log.child({ userId: user_id, routerId: router_id });
}
