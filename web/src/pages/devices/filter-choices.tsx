import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { peopleQuery } from '../../api/home-queries.ts';
import { type Device, routersQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { routerOptions } from '../routers/choice.tsx';
import { type Filter, NOBODY, NO_TYPE } from './filter.ts';
import { typeOf } from './label.ts';
import type { DeviceState } from '../../../../src/devices/states.ts';
import { knownType } from './type.tsx';

const ALL = 'all';
/** The states that have no place among the segments. */
const OTHER_STATES = ['limited', 'whitelisted', 'blacklisted'] as const satisfies DeviceState[];

/** What else the list can be filtered by: what devices are, whose, and where. */
export function FilterChoices({
  filter,
  onFilter,
  devices,
}: {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  devices: readonly Device[];
}) {
  const t = useTranslations('devices');
  const typeText = useTypeText();
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: routers = [] } = useQuery(routersQuery);
  const types = useMemo(
    () => kindsOf(devices.map((device) => typeOf(device) ?? NO_TYPE)),
    [devices],
  );
  const networks = useMemo(
    () => kindsOf(devices.flatMap(({ place }) => place?.network ?? [])),
    [devices],
  );
  const choices: [keyof Filter, string, { value: string; text: string }[]][] = [
    ['type', t('allTypes'), types.map((value) => ({ value, text: typeText(value) }))],
    [
      'person',
      t('everybody'),
      people.length === 0
        ? []
        : [
            ...people.map(({ id, name }) => ({ value: id, text: name })),
            { value: NOBODY, text: t('nobodys') },
          ],
    ],
    ['router', t('allRouters'), routers.length < 2 ? [] : routerOptions(routers)],
    [
      'network',
      t('allNetworks'),
      networks.length < 2 ? [] : networks.map((value) => ({ value, text: value })),
    ],
    [
      'state',
      t('states.all'),
      OTHER_STATES.map((value) => ({ value, text: t(`states.${value}`) })),
    ],
  ];
  return choices.map(
    ([name, all, options]) =>
      options.length > 0 && (
        <Choice
          key={name}
          label={t(`filterBy.${name}`)}
          options={[{ value: ALL, text: all }, ...options]}
          value={options.some(({ value }) => value === filter[name]) ? (filter[name] ?? ALL) : ALL}
          onChange={(chosen) =>
            onFilter({ ...filter, [name]: chosen === ALL ? undefined : chosen })
          }
        />
      ),
  );
}

/** The filters that hold beside the segments, in words, each with what takes it away. */
export function useChips(
  filter: Filter,
  onFilter: (filter: Filter) => void,
): { name: keyof Filter; text: string; remove: () => void }[] {
  const t = useTranslations('devices');
  const typeText = useTypeText();
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: routers = [] } = useQuery(routersQuery);
  const { state, type, person, router, network } = filter;
  const texts: Partial<Record<keyof Filter, string>> = {
    ...(state !== undefined &&
      OTHER_STATES.some((other) => other === state) && { state: t(`states.${state}`) }),
    ...(type !== undefined && { type: typeText(type) }),
    ...(person !== undefined && {
      person: people.find(({ id }) => id === person)?.name ?? t('nobodys'),
    }),
    ...(router !== undefined && {
      router: routerOptions(routers).find(({ value }) => value === router)?.text ?? router,
    }),
    ...(network !== undefined && { network }),
  };
  const names = ['state', 'type', 'person', 'router', 'network'] as const;
  return names.flatMap((name) => {
    const text = texts[name];
    return text === undefined
      ? []
      : [{ name, text, remove: () => onFilter({ ...filter, [name]: undefined }) }];
  });
}

function useTypeText(): (type: string) => string {
  const t = useTranslations('devices');
  return (type) => {
    if (type === NO_TYPE) return t('noType');
    const known = knownType(type);
    return known === undefined ? type : t(`types.${known}`);
  };
}

function kindsOf(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}
