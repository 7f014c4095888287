/** Routers whose users were moved to another cell: they are sent there, and never told to unlink. */
import type { Destination, RouterSession } from './driver.ts';

/** Where the router with this key is to connect, if it was moved; rejects if that cannot be said now. */
export type FindDestination = (fingerprint: Buffer) => Promise<Destination | undefined>;

const MOVED = 'its user was moved to another cell';

/**
 * The session, which sends the router to where it was moved before it unlinks or ends it. While nobody can say whether it was, it ends:
 * what the router does holds, and it comes back.
 */
export function movingFirst(
  session: RouterSession,
  fingerprint: Buffer | undefined,
  findDestination: FindDestination | undefined,
): RouterSession {
  if (fingerprint === undefined || findDestination === undefined) return session;
  const first = (otherwise: () => void) => {
    findDestination(fingerprint).then(
      (to) => (to === undefined ? otherwise() : session.move(to, MOVED)),
      (error: unknown) => session.close(`nobody can say whether it was moved: ${String(error)}`),
    );
  };
  return {
    ...session,
    unlink: () => first(session.unlink),
    close: (reason) => first(() => session.close(reason)),
  };
}

/** Sends a router on that dials in here after it was moved. */
export async function sendOn(opening: Promise<RouterSession>, to: Destination): Promise<string> {
  const session = await opening;
  session.move(to, MOVED);
  return session.ended;
}
