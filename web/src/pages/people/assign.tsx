import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { refreshRules } from '../../access/rule-writes.ts';
import { useHomeOf } from '../../access/text.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';

/** Says whose a device is; `null`: nobody's. */
export function useAssign() {
  const queryClient = useQueryClient();
  return useGuarded(
    (
      { device: { router_id, id }, person_id }: { device: Device; person_id: string | null },
      confirm,
    ) =>
      unwrap(
        api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
          params: { path: { router_id, id } },
          body: { person_id, ...confirm },
        }),
      ),
    () => refreshRules(queryClient),
  );
}

const NOBODY = 'nobody';

/** Chooses whose a device is. */
export function PersonChoice({ device }: { device: Device }) {
  const t = useTranslations('device');
  const home = useHomeOf()(device.router_id);
  const { data: people = [] } = useQuery(peopleQuery);
  const assign = useAssign();
  const options = people
    .filter(({ home_id }) => home_id === home?.id)
    .map(({ id, name }) => ({ value: id, text: name }));
  if (options.length === 0) return undefined;
  return (
    <>
      <Choice
        label={t('person')}
        options={[{ value: NOBODY, text: t('nobody') }, ...options]}
        value={device.person_id ?? NOBODY}
        onChange={(chosen) => assign.run({ device, person_id: chosen === NOBODY ? null : chosen })}
      />
      {assign.dialog}
    </>
  );
}
