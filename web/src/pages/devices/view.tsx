import { useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Device, devicesQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { useBeside } from './beside.ts';
import { DensityButton } from './density-button.tsx';
import { type Filter, type Order, arrange } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { Group } from './group.tsx';
import { DeviceList } from './list.tsx';
import './page.css';

const NO_DEVICES: readonly Device[] = [];
const NONE: ReadonlySet<string> = new Set();

type ViewProps = {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** The device whose panel is open. */
  openId: string | undefined;
  onOpen: (device: Device) => void;
};

/** All devices, to find, choose and open them. */
export function DevicesView({ filter, onFilter, openId, onOpen }: ViewProps) {
  const t = useTranslations('devices');
  const devices = useQuery(devicesQuery);
  const known = devices.data ?? NO_DEVICES;
  const [text, setText] = useState('');
  const [order, setOrder] = useState<Order>({ column: 'last_seen', isDescending: true });
  const [isSelecting, setSelecting] = useState(false);
  const { canChange } = useRights();
  // The letter typed is rendered first; the list follows in the next frame.
  const wanted = useDeferredValue(text);
  const onClear = useCallback(() => {
    setText('');
    onFilter({});
  }, [onFilter]);
  return (
    <div className="page devices" {...(openId !== undefined && { 'data-open': '' })}>
      <header className="page__heading">
        <h1>{t('title')}</h1>
        {devices.data && (
          <span className="quiet">{t('count', { count: devices.data.length })}</span>
        )}
        {known.length > 0 && <DensityButton />}
        {known.length > 0 && canChange && (
          <Button aria-pressed={isSelecting} onClick={() => setSelecting(!isSelecting)}>
            <ListChecks aria-hidden />
            {t('selectSome')}
          </Button>
        )}
      </header>
      <QueryProblem queries={[devices]} />
      {devices.isSuccess && known.length === 0 && (
        <Empty drawing="router" title={t('none')}>
          {t('noneHint')}
        </Empty>
      )}
      {known.length > 0 && (
        <FilterBar
          text={text}
          onText={setText}
          filter={filter}
          onFilter={onFilter}
          order={order}
          onOrder={setOrder}
          devices={known}
        />
      )}
      {devices.isPending && <Skeleton height={560} />}
      {known.length > 0 && (
        <Found
          devices={known}
          text={wanted}
          {...{ filter, order, openId, onOpen, onClear, isSelecting, setSelecting }}
        />
      )}
      <ZoneNote />
    </div>
  );
}

type FoundProps = Pick<ViewProps, 'filter' | 'openId' | 'onOpen'> & {
  devices: readonly Device[];
  text: string;
  order: Order;
  onClear: () => void;
  isSelecting: boolean;
  setSelecting: (isSelecting: boolean) => void;
};

/** Rendered again only when what it shows changes, not for each letter. */
const Found = memo(function Found({
  devices,
  text,
  filter,
  order,
  openId,
  onOpen,
  onClear,
  isSelecting,
  setSelecting,
}: FoundProps) {
  const t = useTranslations('devices');
  const beside = useBeside(devices);
  const [selected, setSelected] = useState(NONE);
  // The usage counts only if it sorts.
  const usage = order.column === 'usage' ? beside.usage : undefined;
  const found = useMemo(
    () => arrange(devices, { ...filter, text }, order, usage ?? new Map()),
    [devices, filter, text, order, usage],
  );
  const onToggle = useCallback(
    (id: string) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const choosable = found.filter(({ is_router }) => !is_router);
  const chosen = choosable.filter(({ id }) => selected.has(id));
  return (
    <>
      <output className="visually-hidden">{t('found', { count: found.length })}</output>
      {found.length === 0 ? (
        <Empty
          drawing="search"
          title={t('nothingFound')}
          action={<Button onClick={onClear}>{t('clearFilters')}</Button>}
        />
      ) : (
        <DeviceList
          devices={found}
          {...{ beside, openId, onOpen, selected, onToggle }}
          isSelecting={isSelecting || chosen.length > 0}
        />
      )}
      <Group
        isShown={chosen.length > 0 || isSelecting}
        devices={chosen}
        count={choosable.length}
        onAll={() => setSelected(new Set(choosable.map(({ id }) => id)))}
        onDone={() => {
          setSelected(NONE);
          setSelecting(false);
        }}
      />
    </>
  );
});
