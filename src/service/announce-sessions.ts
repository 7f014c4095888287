import type { FastifyBaseLogger } from 'fastify';
import type { SessionListener } from '../api/app.ts';
import type { CommandsServerClient } from '../commands-client/client.ts';

/**
 * Reports sessions to a Commands-Server after they began or ended; a report that fails is logged. Sessions
 * that expire are not reported, so it must not trust a session for longer than 24 hours.
 */
export function announceSessions(
  client: CommandsServerClient,
  log: FastifyBaseLogger,
): SessionListener {
  return (change, sessionIds) => {
    const call = change === 'started' ? 'startSession' : 'endSession';
    for (const sessionId of sessionIds) {
      client[call]({ sessionId }).catch((error: unknown) =>
        log.warn(
          { err: error, call, sessionId },
          'could not report a session to the Commands-Server',
        ),
      );
    }
  };
}
