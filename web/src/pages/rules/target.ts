import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Rule, peopleQuery } from '../../api/home-queries.ts';
import { type Device, type Router, devicesQuery, routersQuery } from '../../api/queries.ts';
import { deviceLabel } from '../devices/label.ts';
import { routerLabel } from '../routers/choice.tsx';

type Targeted = Pick<Rule, 'kind' | 'target' | 'person_id' | 'device_id' | 'network' | 'router_id'>;

/** Who a rule is for, as it stands after "for". */
export function useWhoText(): (rule: Targeted) => string {
  const t = useTranslations('rules');
  const { data: people } = useQuery(peopleQuery);
  const { data: devices } = useQuery(devicesQuery);
  const { data: routers } = useQuery(routersQuery);
  return ({ kind, target, person_id, device_id, network, router_id }) => {
    const isOfNew = kind === 'new_device';
    if (target === 'everyone') return t(isOfNew ? 'who.newEverywhere' : 'who.everyone');
    if (target === 'person') return people?.find(({ id }) => id === person_id)?.name ?? t('gone');
    if (target === 'device') {
      const device = devices?.find(({ id }) => id === device_id);
      return device ? deviceLabel(device) : t('gone');
    }
    const router = routers?.find((each) => each.router_id === router_id);
    const place =
      router_id === null
        ? (network ?? '')
        : t('networkOn', {
            network: network ?? '',
            router: router ? routerLabel(router) : router_id,
          });
    return t(isOfNew ? 'who.newIn' : 'who.network', { network: place });
  };
}

/** The networks that a home's devices are in, as its routers name them. */
export function networksOf(
  homeId: string,
  devices: readonly Device[],
  routers: readonly Router[],
): string[] {
  const own = new Set(
    routers.filter(({ home_id }) => home_id === homeId).map(({ router_id }) => router_id),
  );
  const found = devices
    .filter(({ router_id }) => own.has(router_id))
    .map(({ place }) => place?.network)
    .filter((network) => network !== undefined && network !== null);
  return [...new Set(found)].toSorted();
}
