import type { IncomingMessage } from 'node:http';
import type { App } from './app.ts';

/** In each period of so many milliseconds a body that is not complete must bring so many bytes; one slow period is forgiven. */
export type LeastPace = { periodMs: number; bytes: number };

/** 8 KiB a second: the slowest line that uploads are worth waiting for. */
export const LEAST_PACE: LeastPace = { periodMs: 10_000, bytes: 10 * 8 * 1024 };

/**
 * Ends connections whose request comes more slowly than that, answered or not: Node.js limits only the time of a
 * whole request, and that of a large upload may be long. A body that we are slow to read is left alone.
 */
export function cutSlowBodies(app: App, { periodMs, bytes }: LeastPace = LEAST_PACE): void {
  const received = new Map<IncomingMessage, { bytes: number; isSlow: boolean }>();
  app.server.on('request', (request) => {
    const { headers } = request;
    const hasBody =
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody) return;
    received.set(request, { bytes: -Infinity, isSlow: false });
    request.once('close', () => received.delete(request));
  });
  const timer = setInterval(() => {
    for (const [request, before] of received) {
      const { bytesRead } = request.socket;
      const isSlow = bytesRead - before.bytes < bytes && request.readableLength === 0;
      if (request.complete || request.socket.destroyed) received.delete(request);
      // Not at once: it may be that we have only just begun to read, or that this process was busy.
      else if (isSlow && before.isSlow) request.socket.destroy();
      else received.set(request, { bytes: bytesRead, isSlow });
    }
  }, periodMs);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
