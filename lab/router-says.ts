/** What a router says of its networks, in the real forms, and what the agent's networks.awk makes of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const AGENT = join(import.meta.dirname, '../agent');
const PROGRAM = ['patterns.awk', 'networks.awk'].map((file) =>
  readFileSync(join(AGENT, file), 'utf8'),
);

/** What a router says, each as text in the real form; `links` is what sysfs has (networks.sh). */
type Router = Partial<
  Record<
    'owner' | 'netifd' | 'network' | 'firewall' | 'iw' | 'wireless' | 'links' | 'kernel',
    string
  >
>;

/** The lines of networks.awk by their first word, without the router's own addresses. */
export function networks(router: Router): Record<string, string[]> {
  const work = mkdtempSync(join(tmpdir(), 'netpilot-networks-'));
  try {
    const kinds = [
      'owner',
      'netifd',
      'network',
      'firewall',
      'iw',
      'wireless',
      'links',
      'kernel',
    ] as const;
    const files = kinds.flatMap((kind) => {
      const text = router[kind];
      if (text === undefined) return [];
      writeFileSync(join(work, kind), text);
      return [`kind=${kind}`, join(work, kind)];
    });
    const said = execFileSync('busybox', ['awk', PROGRAM.join('\n'), ...files], {
      encoding: 'utf8',
    });
    const lines: Record<string, string[]> = { lan: [], uplink: [], port: [], trunk: [] };
    for (const line of said.trim().split('\n')) {
      const [word = '', ...rest] = line.split(' ');
      if (word !== 'own' || !/[.]|::|^....:/.test(rest[0] ?? ''))
        (lines[word] ??= []).push(rest.join(' '));
    }
    return lines;
  } finally {
    rmSync(work, { recursive: true });
  }
}

type Interface = { mac?: string; master?: string; kind?: string; addresses?: string[] };
let numbers = 0;

/** `ip addr show`. */
export function kernel(interfaces: Record<string, Interface>, ...routes: string[]): string {
  const shown = Object.entries(interfaces).map(([name, { mac, master, kind, addresses = [] }]) => {
    numbers += 1;
    const under = master === undefined ? '' : `master ${master} `;
    const ether = mac ?? `02:00:00:00:01:${String(numbers % 100).padStart(2, '0')}`;
    return [
      `${numbers}: ${name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue ${under}state UP qlen 1000`,
      kind === undefined ? `    link/ether ${ether} brd ff:ff:ff:ff:ff:ff` : `    link/${kind} `,
      ...addresses.map(
        (address) => `    inet${address.includes(':') ? '6' : ''} ${address} scope global`,
      ),
    ].join('\n');
  });
  return [...shown, ...routes, ''].join('\n');
}

/** `ubus call network.interface dump`: NAME DEVICE PROTO, and the gateways of default routes. */
export function netifd(...interfaces: [string, string, string, ...string[]][]): string {
  const dump = interfaces.map(([name, device, proto, ...gateways]) => ({
    interface: name,
    up: true,
    l3_device: device.split('/')[0],
    proto,
    device: device.split('/').at(-1),
    'ipv4-address': [{ address: '192.0.2.7', mask: 24 }],
    route: gateways.map((nexthop) => ({
      target: nexthop.includes(':') ? '::' : '0.0.0.0',
      mask: 0,
      nexthop,
      source: '0.0.0.0/0',
    })),
    inactive: { route: [{ target: '0.0.0.0', mask: 0, nexthop: '192.0.2.99' }] },
    data: {},
  }));
  return `${JSON.stringify({ interface: dump }, null, '\t')}\n`;
}

/** /etc/config/firewall: a zone's name, its networks, and what else it has. */
export function firewall(...zones: [string, string, ...string[]][]): string {
  return zones
    .map(([name, list, ...more]) =>
      [
        'config zone',
        `\toption name '${name}'`,
        `\toption network '${list}'`,
        ...more.map((line) => `\t${line}`),
        '',
      ].join('\n'),
    )
    .join('\n');
}
