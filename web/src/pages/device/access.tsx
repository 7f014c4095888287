import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { AccessFacts } from '../../access/facts.tsx';
import { PauseButton } from '../../access/pause-button.tsx';
import { useHomeOf } from '../../access/text.ts';
import { rulesQuery } from '../../api/home-queries.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel } from '../devices/label.ts';
import { Reviewing } from '../devices/review.tsx';
import { PersonChoice } from '../people/assign.tsx';
import { type Edited, RuleForm } from '../rules/form.tsx';
import { RuleRow } from '../rules/row.tsx';

/** What holds for a device, why and until when; whose it is; and its own rules. */
export function DeviceAccess({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { canChange } = useRights();
  const home = useHomeOf()(device.router_id);
  const { data: rules = [] } = useQuery(rulesQuery);
  const [edited, setEdited] = useState<Edited>();
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = rules.filter(({ device_id }) => device_id !== null && ids.has(device_id));
  const target = { target: 'device', device_id: device.id } as const;
  const add = (kind: 'exception' | 'schedule') =>
    home && setEdited({ homeId: home.id, kind, start: (draft) => ({ ...draft, target }) });
  return (
    <section className="card">
      <h2>{t('access')}</h2>
      <AccessFacts access={device.access} home={home} />
      <Reviewing device={device} />
      {canChange && !device.is_router && <PersonChoice device={device} />}
      {own.length > 0 && <h3>{t('rules')}</h3>}
      <ul className="rows">
        {own.map((rule) => (
          <RuleRow key={rule.id} rule={rule} hasTarget={false} />
        ))}
      </ul>
      {canChange && home && !device.is_router && (
        <div className="dialog__actions">
          <PauseButton
            of={{ homeId: home.id, name: deviceLabel(device), devices: 1, target }}
            because={device.access.because.target === 'device' ? device.access.because : undefined}
          />
          <Button onClick={() => add('exception')}>{t('exception')}</Button>
          <Button onClick={() => add('schedule')}>{t('schedule')}</Button>
        </div>
      )}
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}
