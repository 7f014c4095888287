import type { FastifyBaseLogger } from 'fastify';
import type { App } from '../api/app.ts';
import type { Config } from '../config/config.ts';
import { findUnnamedProxy } from '../config/unnamed-proxy.ts';

/**
 * Warns of a reverse proxy that TRUSTED_PROXIES does not name: at the start if the settings show that there is one,
 * and once if a request says that it was forwarded by one.
 */
export function warnOfUnnamedProxy(app: App, config: Config, log: FastifyBaseLogger): void {
  let isQuiet = false;
  const unnamed = findUnnamedProxy(config);
  if (unnamed !== undefined) {
    isQuiet = true;
    log.warn(`${unnamed.message} Fix: ${unnamed.fix}`);
  }
  app.addHook('onRequest', async ({ headers, ip, socket }) => {
    if (isQuiet || headers['x-forwarded-for'] === undefined || ip !== socket.remoteAddress) return;
    isQuiet = true;
    log.warn(
      { peer: ip },
      'a request with X-Forwarded-For came from an address that TRUSTED_PROXIES does not name: if that is your reverse proxy, add it there, or all users share one limit of attempts',
    );
  });
}
