import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, auditQuery, blocksQuery, deviceQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { Ago, Moment } from '../../design/time.tsx';
import { useChangeDevice } from '../devices/actions.ts';
import { BlockButton } from '../devices/block-button.tsx';
import { deviceLabel } from '../devices/label.ts';
import { Rename } from '../devices/rename.tsx';
import { StateBadge } from '../devices/state-badge.tsx';
import { DEVICE_TYPES, DeviceIcon, knownType } from '../devices/type.tsx';
import { Events } from './events.tsx';
import { Merging } from './merging.tsx';
import './page.css';
import { Presence } from './presence.tsx';

const route = getRouteApi('/signed-in/routers/$routerId/devices/$id');

/** One device: what it is, and what it did. */
export function DevicePage() {
  const { routerId, id } = route.useParams();
  const device = useQuery(deviceQuery(routerId, id));
  const blocks = useQuery(blocksQuery(routerId));
  const events = useInfiniteQuery(auditQuery({ device_id: id }));
  const failed = [device, blocks, events].find(({ isError }) => isError);
  if (failed?.error) {
    return (
      <ProblemNotice
        error={failed.error}
        onRetry={() => {
          for (const query of [device, blocks, events]) void query.refetch();
        }}
      />
    );
  }
  // Together: what came later would shift what is below it.
  if (!device.isSuccess || !blocks.isSuccess || !events.isSuccess) return <Skeleton height={640} />;
  return (
    <div className="page">
      <Heading device={device.data} />
      <div className="device__columns">
        <Facts device={device.data} />
        <Presence device={device.data} />
        <Addresses device={device.data} />
        <Blocks device={device.data} />
        <Merging device={device.data} />
        <Events device={device.data} />
      </div>
    </div>
  );
}

function Heading({ device }: { device: DeviceDetail }) {
  const t = useTranslations('devices');
  const [isRenaming, setRenaming] = useState(false);
  const [wasRenamed, setRenamed] = useState(false);
  const name = deviceLabel(device);
  return (
    <header className="page__heading device__heading">
      <DeviceIcon device={device} />
      {isRenaming ? (
        <Rename
          device={device}
          onDone={(byKey) => {
            setRenaming(false);
            setRenamed(byKey);
          }}
        />
      ) : (
        <h1>
          <bdi>{name}</bdi>
          <Button
            look="quiet"
            aria-label={t('rename', { name })}
            // The focus comes back to where it was.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={wasRenamed}
            onClick={() => setRenaming(true)}
          >
            <Pencil aria-hidden />
          </Button>
        </h1>
      )}
      <StateBadge device={device} />
      <BlockButton device={device} />
    </header>
  );
}

function Facts({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  const change = useChangeDevice();
  const type = device.device_type;
  const isOwnWord = type !== null && knownType(type) === undefined;
  return (
    <section className="card">
      <h2>{t('device.facts')}</h2>
      <Choice
        label={t('devices.type')}
        options={[
          { value: '', text: t('device.noType') },
          ...(isOwnWord ? [{ value: type, text: type }] : []),
          ...DEVICE_TYPES.map((value) => ({ value, text: t(`devices.types.${value}`) })),
        ]}
        value={type ?? ''}
        onChange={(chosen) =>
          change.mutate({ device, change: { device_type: chosen === '' ? null : chosen } })
        }
      />
      <dl className="facts">
        {device.macs.map((mac) => (
          <div key={mac}>
            <dt>{t('device.mac')}</dt>
            <dd className="mono">{mac}</dd>
          </div>
        ))}
        {device.has_random_mac && (
          <div>
            <dt>{t('device.random')}</dt>
            <dd>{t('device.randomHint')}</dd>
          </div>
        )}
        <div>
          <dt>{t('devices.columns.manufacturer')}</dt>
          <dd>{device.manufacturer ?? t('state.unknown')}</dd>
        </div>
        <div>
          <dt>{t('device.hostname')}</dt>
          <dd>
            <bdi>{device.hostname ?? t('state.unknown')}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('device.firstSeen')}</dt>
          <dd>
            <Moment moment={device.first_seen} />
          </dd>
        </div>
        <div>
          <dt>{t('devices.columns.last_seen')}</dt>
          <dd>
            <Ago moment={device.last_seen} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Addresses({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  return (
    <section className="card">
      <h2>{t('addresses')}</h2>
      <ul className="rows">
        {device.addresses.map(({ ip, mac, is_current, first_seen, last_seen }) => (
          <li key={`${mac} ${ip} ${first_seen}`}>
            <span className="mono device__address">{ip}</span>
            {is_current ? (
              <span className="badge badge--good">{t('now')}</span>
            ) : (
              <span className="quiet">
                {t('until')} <Moment moment={last_seen} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Blocks({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data = [] } = useQuery(blocksQuery(device.router_id));
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = data.filter(({ device_id }) => device_id !== null && ids.has(device_id));
  return (
    <section className="card">
      <h2>{t('blocks')}</h2>
      {own.length === 0 && <p className="quiet device__none">{t('noBlocks')}</p>}
      <ul className="rows">
        {own.map(({ id, blocked_at, unblocked_at }) => (
          <li key={id}>
            <span className="device__address">
              <Moment moment={blocked_at} />
            </span>
            {unblocked_at === null ? (
              <span className="badge badge--danger">{t('now')}</span>
            ) : (
              <span className="quiet">
                {t('until')} <Moment moment={unblocked_at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
