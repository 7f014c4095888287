import { useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Home, rulesQuery } from '../../api/home-queries.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { RuleForm } from '../rules/form.tsx';
import { RuleRow } from '../rules/row.tsx';

/** The rules for the device itself, and the way to another one. */
export function OwnRules({ device, home }: { device: DeviceDetail; home: Home | undefined }) {
  const t = useTranslations('device');
  const { canChange } = useRights();
  const { data: rules = [] } = useQuery(rulesQuery);
  const [isAdding, setAdding] = useState(false);
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = rules.filter(({ device_id }) => device_id !== null && ids.has(device_id));
  return (
    <>
      {own.length > 0 && (
        <>
          <h3>{t('rules')}</h3>
          <ul className="rows">
            {own.map((rule) => (
              <RuleRow key={rule.id} rule={rule} hasTarget={false} />
            ))}
          </ul>
        </>
      )}
      {canChange && home && (
        <div>
          <Button variant="quiet" onClick={() => setAdding(true)}>
            <CalendarPlus aria-hidden />
            {t('schedule')}
          </Button>
        </div>
      )}
      {isAdding && home && (
        <RuleForm
          edited={{
            homeId: home.id,
            kind: 'schedule',
            start: (draft) => ({
              ...draft,
              target: { target: 'device', device_id: device.id },
            }),
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
