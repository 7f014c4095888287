import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MonitorSmartphone, SearchX } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Device, type Router, devicesQuery, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { ZoneNote } from '../../homes/time.tsx';
import { useSetBlocked } from './actions.ts';
import { type Filter, NO_FILTER, type Order, arrange } from './filter.ts';
import { Filters } from './filters.tsx';
import './page.css';
import { DeviceTable, type TableProps } from './table.tsx';

const route = getRouteApi('/signed-in/devices');
const NO_ROUTERS: readonly Router[] = [];
const NO_DEVICES: readonly Device[] = [];

/** All devices, to find, name, block and unblock. */
export function DevicesPage() {
  const t = useTranslations('devices');
  const devices = useQuery(devicesQuery);
  const routers = useQuery(routersQuery);
  const known = devices.data ?? NO_DEVICES;
  const { state = 'all' } = route.useSearch();
  const [filter, setFilter] = useState<Filter>({ ...NO_FILTER, state });
  const [order, setOrder] = useState<Order>({ column: 'last_seen', isDescending: true });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // The letter typed is rendered first; the table follows in the next frame.
  const wanted = useDeferredValue(filter);
  const onClear = useCallback(() => setFilter(NO_FILTER), []);

  return (
    <div className="page devices">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        <Counts devices={devices.data} />
      </header>
      <QueryProblem queries={[devices]} />
      {devices.isSuccess && devices.data.length === 0 && (
        <Notice icon={MonitorSmartphone} title={t('none')}>
          {t('noneHint')}
        </Notice>
      )}
      {(devices.isPending || known.length > 0) && (
        <Filters
          filter={filter}
          onChange={setFilter}
          order={order}
          onOrder={setOrder}
          devices={known}
          routers={routers.data ?? NO_ROUTERS}
        />
      )}
      {devices.isPending && <Skeleton height={480} />}
      {known.length > 0 && (
        <Found
          devices={known}
          filter={wanted}
          {...{ onClear, order, setOrder, selected, setSelected }}
        />
      )}
      <ZoneNote />
    </div>
  );
}

/** How many there are, and how many of them are restricted now. */
function Counts({ devices }: { devices: readonly Device[] | undefined }) {
  const t = useTranslations('devices');
  const countOf = (wanted: string) =>
    devices?.filter(({ access }) => access.access === wanted).length ?? 0;
  const blocked = countOf('block');
  const limited = countOf('limit');
  return (
    <span className="quiet devices__counts">
      {devices && <span>{t('count', { count: devices.length })}</span>}
      {blocked > 0 && <span>{t('countBlocked', { count: blocked })}</span>}
      {limited > 0 && <span>{t('countLimited', { count: limited })}</span>}
    </span>
  );
}

type FoundProps = TableProps & { filter: Filter; onClear: () => void };

/** Rendered again only when what it shows changes, not for each letter. */
const Found = memo(function Found({ devices, filter, onClear, ...table }: FoundProps) {
  const t = useTranslations('devices');
  const found = useMemo(
    () => arrange(devices, filter, table.order),
    [devices, filter, table.order],
  );
  const selectedDevices = found.filter(({ id }) => table.selected.has(id));
  return (
    <>
      <output className="visually-hidden">{t('found', { count: found.length })}</output>
      {found.length === 0 ? (
        <Notice
          icon={SearchX}
          title={t('nothingFound')}
          action={<Button onClick={onClear}>{t('clearFilters')}</Button>}
        />
      ) : (
        <DeviceTable {...table} devices={found} />
      )}
      {selectedDevices.length > 0 && (
        <Group devices={selectedDevices} onDone={() => table.setSelected(new Set())} />
      )}
    </>
  );
});

/** Actions for several devices at once. */
function Group({ devices, onDone }: { devices: Device[]; onDone: () => void }) {
  const t = useTranslations('devices');
  const change = useSetBlocked();
  const open = devices.filter(({ is_blocked, is_router }) => !is_blocked && !is_router);
  const blocked = devices.filter(({ is_blocked }) => is_blocked);
  return (
    <div className="devices__group card" role="toolbar" aria-label={t('group')}>
      <span>{t('selected', { count: devices.length })}</span>
      <Button
        variant="danger"
        disabled={open.length === 0}
        onClick={() => {
          change.mutate({ devices: open, isBlocked: true });
          onDone();
        }}
      >
        {t('blockSeveral', { count: open.length })}
      </Button>
      <Button
        disabled={blocked.length === 0}
        onClick={() => {
          change.mutate({ devices: blocked, isBlocked: false });
          onDone();
        }}
      >
        {t('unblockSeveral', { count: blocked.length })}
      </Button>
      <Button variant="quiet" onClick={onDone}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}
