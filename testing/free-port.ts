import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that the kernel gives to connections (net.ipv4.ip_local_port_range): none of those takes it in between. */
const [FIRST, END] = [21_000, 32_000];

/** A port that is free now, on 127.0.0.1: for a service whose address must be known before it listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
      return port;
    } catch (error) {
      if (!isTaken(error)) throw error;
    } finally {
      probe.close();
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
