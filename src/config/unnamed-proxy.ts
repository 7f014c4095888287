import type { Config } from './config.ts';

/** What is wrong and how to fix it, if there must be a reverse proxy and none is named; else undefined. */
export function findUnnamedProxy({
  publicUrl,
  trustedProxies,
}: Pick<Config, 'publicUrl' | 'trustedProxies'>): { message: string; fix: string } | undefined {
  // NetPilot speaks no TLS itself.
  if (!publicUrl.startsWith('https:') || trustedProxies.length > 0) return undefined;
  return {
    message:
      'PUBLIC_URL is https, so a reverse proxy is in front, but none is named: all users share its limit of attempts, and anybody can use it up.',
    fix: 'set TRUSTED_PROXIES to the addresses from which the proxy connects, for example 127.0.0.1.',
  };
}
