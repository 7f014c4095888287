import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that is free now, on 127.0.0.1: for a service whose address must be known before it listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('not on a port');
  return address.port;
}
