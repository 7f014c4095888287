import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { errorCode } from '../error-code.ts';
import { InvalidInputError } from '../errors.ts';
import { isWithin } from './dialling.ts';
import { isLoopback } from './loopback.ts';

/** As `os.networkInterfaces()` has them. */
type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** An address of this machine, its interface, and the address with the length of its network's prefix. */
type OwnAddress = { name: string; address: string; cidr: string };

/** Nothing from elsewhere comes from these: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

/** Where engines put containers, and virtual machines their guests, if nobody says otherwise. */
const INNER_INTERFACES = /^(docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|lxc|lxd|incus)/;

/** Whether an address is one of a private network, or of a link. */
export function isPrivate(address: string): boolean {
  return isWithin(address, PRIVATE);
}

/** Whether an address is in a private network, or in one that this machine is in itself. */
export function isNear(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  return isWithin(address, [...PRIVATE, ...ownAddresses(interfaces).map(({ cidr }) => cidr)]);
}

/** The address to serve a home network on. Throws InvalidInputError, which names the choices, if there is none or several. */
export async function findLanAddress(): Promise<string> {
  return chooseLanAddress(networkInterfaces(), await defaultInterfaces());
}

/**
 * @param names the interfaces that have a default route, the preferred one first
 * @throws InvalidInputError
 */
export function chooseLanAddress(interfaces: Interfaces, names: readonly string[]): string {
  const candidates = names.flatMap((name) =>
    ownAddresses(interfaces).filter(
      (own) => own.name === name && isIP(own.address) === 4 && isPrivate(own.address),
    ),
  );
  const [first] = candidates;
  // By cable and by Wi-Fi in one network: routers reach either.
  if (first && candidates.every(({ address }) => isWithin(address, [first.cidr])))
    return first.address;
  const reason =
    names.length === 0
      ? 'this machine has no default route'
      : first === undefined
        ? `its default route (${names.join(', ')}) has no private IPv4 address`
        : 'this machine is in several networks';
  const choices = first === undefined ? ownAddresses(interfaces) : candidates;
  const field = {
    field: '--lan',
    expected: 'the address of this machine that your router reaches',
  };
  throw new InvalidInputError(
    [field],
    `--lan finds no address by itself: ${reason}. Name the one that your router reaches: ${describeChoices(choices)}.`,
  );
}

/** Throws InvalidInputError unless this is an address of this machine that others can reach. */
export function checkLanAddress(
  address: string,
  interfaces: Interfaces = networkInterfaces(),
): string {
  const choices = ownAddresses(interfaces);
  if (choices.some((own) => own.address === address)) return address;
  const wanted = isLoopback(address)
    ? 'an address that other machines reach, not loopback'
    : 'an address of this machine';
  const expected = `${wanted}: ${describeChoices(choices)}`;
  throw new InvalidInputError([{ field: '--lan', value: address, expected }]);
}

/** Without what only containers and virtual machines reach. */
function describeChoices(choices: readonly OwnAddress[]): string {
  const named = choices
    .filter(({ name }) => !INNER_INTERFACES.test(name))
    .map(({ name, address }) => `--lan ${address} (${name})`);
  return named.length === 0 ? 'it has none now' : named.join(', or ');
}

/** What a URL can name: not loopback, and no address that is of a link alone, which needs its interface too. */
function ownAddresses(interfaces: Interfaces): OwnAddress[] {
  return Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? [])
      .filter(({ internal, scopeid }) => !internal && !scopeid)
      .map(({ address, cidr }) => ({ name, address, cidr: cidr ?? address })),
  );
}

/** The interfaces that have a default route for IPv4, the one that is used first. */
async function defaultInterfaces(): Promise<string[]> {
  try {
    return parseDefaultRoutes(await readFile('/proc/net/route', 'latin1'));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    const source = await sourceAddress();
    return Object.entries(networkInterfaces())
      .filter(([, list]) => list?.some(({ address }) => address === source))
      .map(([name]) => name);
  }
}

/** The interfaces of `/proc/net/route` that have a default route, the lowest metric first. */
export function parseDefaultRoutes(table: string): string[] {
  const routes = table.split('\n').flatMap((line) => {
    const [name = '', destination, , flags = '0', , , metric, mask] = line.trim().split(/\s+/);
    const isUp = (Number.parseInt(flags, 16) & 1) === 1;
    const isDefault = destination === '00000000' && mask === '00000000';
    return isUp && isDefault ? [{ name, metric: Number(metric) }] : [];
  });
  const sorted = routes.toSorted((one, other) => one.metric - other.metric);
  return [...new Set(sorted.map(({ name }) => name))];
}

/** The address from which this machine would send to the internet, where there is no `/proc`; nothing is sent. */
async function sourceAddress(): Promise<string | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.connect(9, '192.0.2.1');
    await once(socket, 'connect');
    return socket.address().address;
  } catch (error) {
    if (['ENETUNREACH', 'EHOSTUNREACH'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  } finally {
    socket.close();
  }
}
