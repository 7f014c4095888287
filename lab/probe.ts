import { setTimeout as pause } from 'node:timers/promises';
import type { Host, Lab, Started } from './lab.ts';

/** Whether an echo request to an address is answered. */
export async function reaches(from: Host, address: string): Promise<boolean> {
  return (await from.run('ping', '-c', '1', '-W', '1', address)).code === 0;
}

/** How many echo requests have reached a host by IPv6. */
export async function echoRequests(host: Host): Promise<number> {
  const { stdout } = await host.run('cat', '/proc/net/snmp6');
  return Number(/Icmp6InEchos\s+(\d+)/.exec(stdout)?.[1]);
}

/** Starts an endless download on a host, and waits until bytes flow. */
export async function startDownload(host: Host, from: string): Promise<Started> {
  const before = await bytesReceived(host);
  const download = host.start('sh', '-c', `exec busybox nc ${from} 9000 >/dev/null`);
  await eventually(async () => (await bytesReceived(host)) > before + 1_000_000);
  return download;
}

/** Whether data still arrives at a host: more in half a second than address resolution and the like bring. */
export async function receivesData(host: Host): Promise<boolean> {
  const before = await bytesReceived(host);
  await pause(500);
  return (await bytesReceived(host)) - before > 10_000;
}

/** Whose packets the router puts into which queue of the shaper. */
export async function queues(lab: Lab): Promise<string> {
  const list = 'nft list map inet netpilot np_in_queue; nft list map inet netpilot np_in_queue6';
  return (await lab.router.run('sh', '-c', `${list} 2>/dev/null`)).stdout;
}

/** Waits until something is so; the test's own time limit ends it. */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

/** How far a measured share of a rate may be from 1. */
export const WITHIN = 0.15;
const MOST_TRIES = 5;

/** What share of a rate is measured. A busy machine may not reach all of it: what is too little is measured again. */
export async function shareOf(rate: number, measure: () => Promise<number>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const share = (await measure()) / rate;
    if (share > 1 - WITHIN || tries === MOST_TRIES) return share;
  }
}

/**
 * Bits per second that iperf3 measures at the receiver of a TCP connection. Its first four seconds are left out: the agent looks for
 * new addresses every three, and until it knows one, what comes to it counts for nobody.
 */
export async function throughput(
  client: Host,
  to: string,
  direction: 'up' | 'down',
  port = 5201,
): Promise<number> {
  const command = `iperf3 -J -c ${to} -p ${port} -t 4 -O 4 ${direction === 'down' ? '-R' : ''}`;
  for (let tries = 1; ; tries += 1) {
    const { stdout } = await client.run(...command.trim().split(' '));
    const bits = /"sum_received":\s*\{[^}]*"bits_per_second":\s*([\d.e+]+)/.exec(stdout);
    if (bits?.[1] !== undefined) return Number(bits[1]);
    // Its server takes one client at a time, and may not be done with the last one.
    if (tries === MOST_TRIES) throw new Error(`iperf3 measured nothing: ${stdout}`);
    await pause(500);
  }
}

async function bytesReceived(host: Host): Promise<number> {
  return Number((await host.run('cat', '/sys/class/net/eth0/statistics/rx_bytes')).stdout);
}
