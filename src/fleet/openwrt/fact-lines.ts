/** The lines by which an agent tells what it knows besides: docs/protocol.md, "Facts". */
import { INTERNET, OFFLOADING } from '../../routers/facts.ts';
import type { Fact } from '../driver.ts';
import { encodeName } from './names.ts';
import { ADDRESS, MAC, NAME, matching, number, oneOf, orNull, reading } from './tokens.ts';

const INTERFACE = orNull(matching(/^\w[\w.-]{0,63}$/));
const BAND = orNull(oneOf(['2.4', '5', '6', '60']));
const SIGNAL = orNull(number(/^-\d{1,3}$/));
const BITS = orNull(number(/^(?:0|[1-9]\d{0,11})$/));
const SECONDS = number(/^(?:0|[1-9]\d{0,9})$/);
const LOAD = number(/^\d{1,5}\.\d\d$/);
const BYTES = number(/^(?:0|[1-9]\d{0,14})$/);

export const FACT_PARSERS = {
  place: reading('place', {
    mac: MAC,
    network: INTERFACE,
    port: INTERFACE,
    band: BAND,
    ssid: NAME,
    signal: SIGNAL,
    down: BITS,
    up: BITS,
  }),
  router: reading('router', {
    model: NAME,
    release: NAME,
    uptime: SECONDS,
    load: LOAD,
    memory_total: BYTES,
    memory_available: BYTES,
    internet: oneOf(INTERNET),
    public_ip4: orNull(ADDRESS),
    public_ip6: orNull(ADDRESS),
    offloading: oneOf(OFFLOADING),
  }),
};

/** The line (without its end) of a fact. What the tests' agents say. */
export function writeFact(fact: Fact): string {
  const words =
    fact.kind === 'place'
      ? [
          fact.mac,
          fact.network,
          fact.port,
          fact.band,
          encodeName(fact.ssid),
          fact.signal,
          fact.down,
          fact.up,
        ]
      : [
          encodeName(fact.model),
          encodeName(fact.release),
          fact.uptime,
          fact.load.toFixed(2),
          fact.memory_total,
          fact.memory_available,
          fact.internet,
          fact.public_ip4,
          fact.public_ip6,
          fact.offloading,
        ];
  return [fact.kind, ...words.map((word) => word ?? '-')].join(' ');
}
