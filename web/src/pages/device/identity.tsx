import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { useQuery } from '@tanstack/react-query';
import { type DeviceDetail, type Router, ownDevicesQuery } from '../../api/queries.ts';
import { ALLOWED } from '../../access/text.ts';
import { Button } from '../../design/button.tsx';
import { Dot } from '../../design/dot.tsx';
import { useDurationText } from '../../design/duration.ts';
import { RelativeTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel, typeOf } from '../devices/label.ts';
import { NameField } from '../devices/rename.tsx';
import { Reviewing } from '../devices/review.tsx';
import { StateBadge } from '../devices/state-badge.tsx';
import { knownType } from '../devices/type.tsx';
import { PersonChoice } from '../people/assign.tsx';
import { Guesses, TypeChoice } from './guesses.tsx';
import { WakeButton } from './wake-button.tsx';

/** What a device is, whose, and whether it is here. */
export function Identity({ device, router }: { device: DeviceDetail; router: Router | undefined }) {
  const t = useTranslations();
  const { canChange } = useRights();
  const { data: own } = useQuery(ownDevicesQuery);
  const type = typeOf(device);
  const known = knownType(type);
  const isOwn = own?.some(({ device_id }) => device_id === device.id) === true;
  const words = [
    device.is_router ? t('devices.types.router') : known ? t(`devices.types.${known}`) : type,
    device.manufacturer,
  ].filter((word) => word !== null);
  return (
    <section className="device__section">
      <div className="device__top">
        <p className="device__line">
          <Presence device={device} />
          {words.length > 0 && <span className="quiet">{words.join(' · ')}</span>}
          {isOwn && <span className="badge">{t('devices.thisDevice')}</span>}
        </p>
        {canChange && <Rename device={device} />}
        {router && canChange && <WakeButton device={device} router={router} />}
      </div>
      <Reviewing device={device} />
      {!device.is_router && <Guesses device={device} />}
      {canChange && !device.is_router && (
        <div className="device__pair">
          <TypeChoice device={device} />
          <PersonChoice device={device} />
        </div>
      )}
    </section>
  );
}

/** Whether it is here, and for how long; or since when it is away, or nobody knows. */
function Presence({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const { since } = useDurationText();
  if (device.unknown_since !== null) return <StateBadge device={{ ...device, access: ALLOWED }} />;
  if (!device.is_online)
    return (
      <span className="device__presence">
        <Dot state="away" label={t('away')} isLabelShown />
        <span className="quiet">
          {t('lastSeen')} <RelativeTime moment={device.last_seen} />
        </span>
      </span>
    );
  const came = device.presence.find(({ offline_at }) => offline_at === null)?.online_at;
  const here =
    came === undefined ? t('here') : t('hereFor', { length: since(now - Date.parse(came)) });
  return <Dot state="here" label={here} isLabelShown />;
}

function Rename({ device }: { device: DeviceDetail }) {
  const t = useTranslations('devices');
  const [state, setState] = useState<'idle' | 'editing' | 'edited by key'>('idle');
  if (state === 'editing')
    return (
      <NameField device={device} onDone={(byKey) => setState(byKey ? 'edited by key' : 'idle')} />
    );
  return (
    <Button
      variant="quiet"
      aria-label={t('rename', { name: deviceLabel(device) })}
      // The focus comes back to where it was.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={state === 'edited by key'}
      onClick={() => setState('editing')}
    >
      <Pencil aria-hidden />
    </Button>
  );
}
