import { networkInterfaces } from 'node:os';

/** The host to listen at for every address of this machine: IPv6's takes IPv4 too, if the machine has IPv6. */
export function everyAddress(interfaces = networkInterfaces()): '::' | '0.0.0.0' {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  return addresses.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}
