/** What bench/block and bench/agent measure with: a client's packets, and a bare `nft add element` that stops them. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, type Lab, INTERNET4 } from '../lab/lab.ts';
import { ask, now } from './block-packets.ts';

const PORT = '9';
const COUNTER = join(import.meta.dirname, 'block-packets.ts');
/** A set of the bench's own, ahead of everything else, as the agent's is. */
const BARE = `table inet bench {
  set blocked { type ether_addr; }
  chain forward { type filter hook forward priority -20; ether saddr @blocked drop; }
}`;
/** Sent without one arriving: then nothing passes. */
const SILENCE = 50;

export type Traffic = {
  /** Waits until packets arrive, none older than this call. */
  flows: () => Promise<void>;
  /** Waits until none arrives, and returns when the last one that did and the first one that did not were sent. */
  stops: () => Promise<{ last: number; first: number }>;
};

/** A client that sends a packet to the internet each millisecond. */
export function startTraffic(lab: Lab, client: Client): Traffic {
  // Ahead of what else the machine does: a counter that waits for its turn would be measured with the rest.
  const node = ['chrt', '--rr', '1', process.execPath, COUNTER];
  const arrived = ask(lab.internet.start(...node, 'receive', PORT));
  const sent = ask(client.start(...node, 'send', INTERNET4, PORT));
  return {
    flows: async () => {
      const since = await sent('count');
      while ((await arrived('last')) < since) await pause(20);
    },
    stops: async () => {
      for (;;) {
        const last = await arrived('last');
        const count = await sent('count');
        await pause(20); // what is on its way arrives
        if (count > last + SILENCE && (await arrived('last')) === last)
          return { last: await sent(String(last)), first: await sent(String(last + 1)) };
      }
    },
  };
}

/** Puts a MAC into the bench's own set by a shell on the router; gives the milliseconds until its packets stopped. */
export function createBareRound(lab: Lab, mac: string, traffic: Traffic): () => Promise<number> {
  const shell = lab.router.start('sh');
  shell.process.stdin.write(`nft '${BARE}'\n`);
  const change = (what: string) =>
    shell.process.stdin.write(`nft ${what} element inet bench blocked '{ ${mac} }'\n`);
  return async () => {
    const began = now();
    change('add');
    const { first } = await traffic.stops();
    change('delete');
    await traffic.flows();
    return first - began;
  };
}

/** The least value that so large a share of them does not exceed. */
export function quantile(times: number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(share * times.length) - 1] ?? NaN;
}
