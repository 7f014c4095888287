import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type Dispatch,
  type SetStateAction,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { COLUMNS, type Column, type Order } from './filter.ts';
import { DeviceRow } from './row.tsx';

type Props = {
  devices: readonly Device[];
  order: Order;
  setOrder: (order: Order) => void;
  selected: ReadonlySet<string>;
  setSelected: Dispatch<SetStateAction<ReadonlySet<string>>>;
};

const WIDE = matchMedia('(min-width: 1100px)');

/** A table of which only what can be seen is there: 5,000 rows scroll as twenty do. */
export function DeviceTable({ devices, order, setOrder, selected, setSelected }: Props) {
  const t = useTranslations('devices');
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState<number>();
  const isWide = useSyncExternalStore(
    (listener) => {
      WIDE.addEventListener('change', listener);
      return () => WIDE.removeEventListener('change', listener);
    },
    () => WIDE.matches,
  );
  useEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    // Which tells once all is laid out anyhow: asked before, the browser does that twice.
    const observer = new ResizeObserver(() => setOffset(element.offsetTop));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: devices.length,
    estimateSize: () => (isWide ? 57 : 77),
    // None before there is a first look at those that can be seen.
    overscan: offset === undefined ? 0 : 8,
    // Else it draws no row before it has seen the window.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: offset ?? 0,
    // It would begin by scrolling to where the window is, which has it laid out, too.
    scrollToFn: () => undefined,
    getItemKey: (index) => devices[index]?.id ?? index,
  });
  // Of what is chosen by then: a row that is not drawn anew keeps the function it has.
  const toggle = (id: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const areAll = devices.every(({ id }) => selected.has(id));
  const areSome = !areAll && devices.some(({ id }) => selected.has(id));

  return (
    <div
      className="devices__table"
      role="table"
      aria-label={t('title')}
      aria-rowcount={devices.length + 1}
    >
      <div role="row" aria-rowindex={1} className="devices__head">
        <span role="columnheader">
          <input
            type="checkbox"
            className="check"
            aria-label={t('chooseAll')}
            checked={areAll}
            ref={(box) => {
              if (box !== null) box.indeterminate = areSome;
            }}
            onChange={() => setSelected(new Set(areAll ? [] : devices.map(({ id }) => id)))}
          />
        </span>
        {COLUMNS.map((column) => (
          <Heading key={column} column={column} order={order} onOrder={setOrder} />
        ))}
        <span role="columnheader">
          <span className="visually-hidden">{t('columns.actions')}</span>
        </span>
      </div>
      <div
        ref={body}
        role="rowgroup"
        className="devices__body"
        style={{ blockSize: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start, size }) => {
          const device = devices[index];
          return (
            device && (
              <DeviceRow
                key={device.id}
                device={device}
                index={index}
                top={start - (offset ?? 0)}
                height={size}
                isSelected={selected.has(device.id)}
                onToggle={() => toggle(device.id)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Heading({
  column,
  order,
  onOrder,
}: {
  column: Column;
  order: Order;
  onOrder: (order: Order) => void;
}) {
  const t = useTranslations('devices');
  const isSorted = order.column === column;
  const direction = order.isDescending ? 'descending' : 'ascending';
  const Arrow = order.isDescending ? ArrowDown : ArrowUp;
  return (
    <span role="columnheader" aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        className="devices__sort"
        onClick={() => onOrder({ column, isDescending: isSorted && !order.isDescending })}
      >
        {t(`columns.${column}`)}
        {isSorted && <Arrow aria-hidden className="icon" />}
      </button>
    </span>
  );
}
