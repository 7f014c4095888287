import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { peopleQuery } from '../../api/home-queries.ts';
import { devicesQuery, routersQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { deviceLabel } from '../devices/label.ts';
import type { Draft, Target } from './draft.ts';
import { networksOf } from './target.ts';

/** Chooses the target of a rule: everyone, a person, a device or a network of a home. */
export function TargetChoice({
  homeId,
  kind,
  target,
  onChange,
}: {
  homeId: string;
  kind: Draft['kind'];
  target: Target;
  onChange: (target: Target) => void;
}) {
  const t = useTranslations('rules');
  const of = useTargets(homeId);
  const kinds =
    kind === 'new_device'
      ? (['everyone', 'network'] as const)
      : (['person', 'device', 'network', 'everyone'] as const);
  const first: Record<Target['target'], Target> = {
    everyone: { target: 'everyone' },
    person: { target: 'person', person_id: of.person[0]?.value ?? '' },
    device: { target: 'device', device_id: of.device[0]?.value ?? '' },
    network: { target: 'network', network: of.network[0]?.value ?? '', router_id: null },
  };
  const offered = kinds.filter(
    (name) => name === 'everyone' || name === target.target || of[name].length > 0,
  );
  return (
    <div className="columns rules__pair">
      <Choice
        label={t('target')}
        options={offered.map((value) => ({ value, text: t(`targets.${value}`) }))}
        value={target.target}
        onChange={(name) => onChange(first[name])}
      />
      {target.target === 'person' && (
        <Choice
          label={t('targetPerson')}
          options={of.person}
          value={target.person_id}
          onChange={(person_id) => onChange({ target: 'person', person_id })}
        />
      )}
      {target.target === 'device' && (
        <Choice
          label={t('targetDevice')}
          options={of.device}
          value={target.device_id}
          onChange={(device_id) => onChange({ target: 'device', device_id })}
        />
      )}
      {target.target === 'network' && (
        <Choice
          label={t('targetNetwork')}
          options={of.network}
          value={target.network}
          onChange={(network) => onChange({ ...target, network })}
        />
      )}
    </div>
  );
}

/** The people, devices and networks of a home, as options. */
export function useTargets(homeId: string) {
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: devices = [] } = useQuery(devicesQuery);
  const { data: routers = [] } = useQuery(routersQuery);
  const own = new Set(
    routers.filter(({ home_id }) => home_id === homeId).map(({ router_id }) => router_id),
  );
  return {
    person: people
      .filter(({ home_id }) => home_id === homeId)
      .map(({ id, name }) => ({ value: id, text: name })),
    device: devices
      .filter(({ router_id, is_router }) => own.has(router_id) && !is_router)
      .map((device) => ({ value: device.id, text: deviceLabel(device) }))
      .toSorted((one, other) => one.text.localeCompare(other.text)),
    network: networksOf(homeId, devices, routers).map((value) => ({ value, text: value })),
  };
}
