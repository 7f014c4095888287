import type { IncomingMessage } from 'node:http';
import type { App } from './app.ts';

/** In each period of so many milliseconds a body that is not complete must bring so many bytes. */
export type LeastPace = { periodMs: number; bytes: number };

/** 8 KiB a second: the slowest line that uploads are worth waiting for. Whatever fits into one period may be as slow as that. */
export const LEAST_PACE: LeastPace = { periodMs: 15_000, bytes: 15 * 8 * 1024 };

/**
 * Ends connections whose request comes more slowly than that, answered or not: Node.js limits only the time of a
 * whole request, and that of a large upload may be long. A body that we are slow to read is left alone.
 */
export function cutSlowBodies(app: App, { periodMs, bytes }: LeastPace = LEAST_PACE): void {
  const received = new Map<IncomingMessage, number | undefined>();
  app.server.on('request', (request) => {
    const { headers } = request;
    const hasBody =
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody) return;
    received.set(request, undefined);
    request.socket.once('close', () => received.delete(request));
  });
  const timer = setInterval(() => {
    for (const [request, before] of received) {
      const { bytesRead } = request.socket;
      if (request.complete) received.delete(request);
      else if (before === undefined || bytesRead - before >= bytes || request.readableLength > 0)
        received.set(request, bytesRead);
      else request.socket.destroy();
    }
  }, periodMs);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
