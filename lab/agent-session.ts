import { Duplex } from 'node:stream';
import type { RouterSession } from '../src/fleet/driver.ts';
import { openSession } from '../src/fleet/openwrt/session.ts';
import type { Lab } from './lab.ts';

/** The server's own side of a conversation with the agent on the lab's router, over pipes. */
export type AgentSession = AsyncDisposable & {
  session: RouterSession;
  /** What the agent did not understand. */
  complaints: string[];
};

/** Starts `netpilot-agent talk` on the lab's router, and opens a session with it. */
export async function startAgent(lab: Lab): Promise<AgentSession> {
  const { process } = lab.image.start('netpilot-agent', 'talk');
  const stream = Duplex.from({ readable: process.stdout, writable: process.stdin });
  const session = await openSession(stream, () => undefined);
  const complaints: string[] = [];
  session.watch({
    onNeighbour: () => undefined,
    onFact: () => undefined,
    onComplaint: (complaint) => complaints.push(complaint),
  });
  return {
    session,
    complaints,
    [Symbol.asyncDispose]: async () => {
      if (process.exitCode !== null) return;
      const exited = new Promise((resolve) => process.once('exit', resolve));
      session.close('the test is over');
      await exited;
    },
  };
}
