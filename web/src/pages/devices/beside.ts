import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import { type Device, ownDevicesQuery, routersQuery } from '../../api/queries.ts';
import { countsUsage } from './live-usage.ts';
import { routerLabel } from '../routers/choice.tsx';
import { useJoined } from './joined.ts';
import { useStrips, useUsageToday } from './today.ts';

/** What rows show that is not of the device itself; by the device's id, but for people and routers. */
export type Beside = {
  people: ReadonlyMap<string, Person>;
  /** Names of the routers; none if there is only one. */
  routerNames: ReadonlyMap<string, string>;
  /** When each was here in the last 24 hours. */
  strips: ReadonlyMap<string, string>;
  /** The routers that say what is used right now. */
  counting: readonly string[];
  /** Bytes of today. */
  usage: ReadonlyMap<string, number>;
  /** Those that this page is shown on. */
  own: ReadonlySet<string>;
  /** Those that have just joined. */
  joined: ReadonlySet<string>;
};

/** Each of these is one query for all devices. Their order does not matter: a row has its place for each. */
export function useBeside(devices: readonly Device[]): Beside {
  const { data: people } = useQuery(peopleQuery);
  const { data: routers } = useQuery(routersQuery);
  const { data: own } = useQuery(ownDevicesQuery);
  const strips = useStrips();
  const usage = useUsageToday();
  const joined = useJoined(devices);
  return useMemo(() => {
    const several = routers !== undefined && routers.length > 1 ? routers : [];
    return {
      people: new Map(people?.map((person) => [person.id, person])),
      routerNames: new Map(several.map((router) => [router.router_id, routerLabel(router)])),
      counting: (routers ?? []).filter(countsUsage).map(({ router_id }) => router_id),
      own: new Set(own?.map(({ device_id }) => device_id)),
      strips,
      usage,
      joined,
    };
  }, [people, routers, own, strips, usage, joined]);
}
