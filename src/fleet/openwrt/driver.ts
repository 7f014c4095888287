import type { FastifyBaseLogger } from 'fastify';
import type { RouterDriver } from '../driver.ts';
import type { AdmissionLimits } from './admission.ts';
import { type AgentRelease, readAgentRelease } from './agent-release.ts';
import { callRouter } from './call-router.ts';
import type { HostKeys } from './host-key.ts';
import { openSession } from './session.ts';
import { startSshServer } from './ssh-server.ts';

export type OpenWrtOptions = {
  hostKeys: HostKeys;
  log: FastifyBaseLogger;
  limits?: Partial<AdmissionLimits>;
  /** Addresses and networks of balancers that may say whose connections they pass on. */
  trustedProxies?: readonly string[];
  /** The agent that routers can be updated to; default: the signed one that the program has. */
  readRelease?: () => Promise<AgentRelease | undefined>;
};

/** Routers with OpenWrt and our agent (agent/), over SSH, whichever side dials: docs/protocol.md. */
export function createOpenWrtDriver(options: OpenWrtOptions): RouterDriver {
  const { hostKeys, log, readRelease = readAgentRelease } = options;
  return {
    listen: async ({ onRouter, ...listening }) => {
      const server = await startSshServer({
        ...options,
        ...listening,
        onChannel: (holder, stream, end) => onRouter(holder, openSession(stream, end, readRelease)),
      });
      const { fingerprint, isFirst } = hostKeys.ed25519;
      if (!isFirst)
        log.warn(
          { fingerprint },
          'SECRET_KEY has changed since routers were linked: they will reject this host key until they are linked again or that SECRET_KEY is back',
        );
      log.info({ port: server.port, fingerprint }, 'routers can dial in');
      return server;
    },
    connect: async (target) => {
      const { stream, end } = await callRouter(target);
      return openSession(stream, end, readRelease);
    },
  };
}
