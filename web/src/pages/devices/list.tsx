import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { useRovingRows } from '../../design/grid.ts';
import { useBlockToggle } from './block-toggle.tsx';
import { DeviceRow, type RowActions } from './row.tsx';
import { useRowHeight } from './row-height.ts';
import type { Beside } from './beside.ts';

type ListProps = {
  devices: readonly Device[];
  /** What rows show that is not of the device itself. */
  beside: Beside;
  /** The device whose panel is open. */
  openId: string | undefined;
  onOpen: (device: Device) => void;
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** Whether a tap selects. */
  isSelecting: boolean;
};

/**
 * The devices as rows, of which only those in view are rendered: 5,000 scroll as fast as twenty. One tab stop: arrows
 * move, Enter opens, Space selects, B blocks, R renames.
 */
export function DeviceList(props: ListProps) {
  const { devices, onOpen, onToggle, isSelecting } = props;
  const t = useTranslations('devices');
  const { density, height, isMeasured } = useRowHeight();
  const { rows, offset, body } = useVisibleRows(devices, height);
  const [renamed, setRenamed] = useState<string>();
  const block = useBlockToggle();
  const at = (index: number, act: (device: Device) => void) =>
    devices[index] && act(devices[index]);
  const open = (device: Device) => (isSelecting ? onToggle(device.id) : onOpen(device));
  const {
    active,
    focusRow,
    rowProps,
    listProps: { ref, onKeyDown },
  } = useRovingRows({
    count: devices.length,
    onOpen: (index) => at(index, onOpen),
    onSelect: (index) => at(index, ({ id }) => onToggle(id)),
    onKey: (key, index) => {
      const act = { b: block.toggle, r: ({ id }: Device) => setRenamed(id) }[key.toLowerCase()];
      if (act) at(index, act);
      return act !== undefined;
    },
    reveal: (index) => revealRow(body.current, rows.measurementsCache[index]),
  });
  const actions = useLatest<RowActions>({
    onOpen: open,
    onToggle,
    onRename: setRenamed,
    onRenamed: (index, byKey) => {
      setRenamed(undefined);
      if (byKey) focusRow(index);
    },
  });
  return (
    <div
      ref={ref}
      onKeyDown={onKeyDown}
      role="grid"
      tabIndex={-1}
      aria-label={t('title')}
      aria-rowcount={devices.length}
      aria-multiselectable
      className="devices__list"
      data-density={density}
      {...(isSelecting && { 'data-selecting': '' })}
      onFocus={({ target }) => rowProps(rowOf(target) ?? active).onFocus()}
      onClick={({ target }) => {
        const index = isOnControl(target) ? undefined : rowOf(target);
        if (index !== undefined) at(index, open);
      }}
    >
      <div
        ref={body}
        role="rowgroup"
        className="devices__body"
        style={{ blockSize: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const device = devices[index];
          return (
            device && (
              <DeviceRow
                key={device.id}
                {...{ device, index, height, actions }}
                top={start - offset}
                measure={isMeasured ? rows.measureElement : undefined}
                isActive={index === active}
                isRenamed={device.id === renamed}
                {...besideOf(device, props)}
              />
            )
          );
        })}
      </div>
      {block.dialog}
    </div>
  );
}

/** The number of the row that something is in. */
function rowOf(target: EventTarget): number | undefined {
  const row = target instanceof Element && target.closest<HTMLElement>('[data-row]');
  return row ? Number(row.dataset['row']) : undefined;
}

function isOnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}

/** What a row shows that is not of its device itself. */
function besideOf(
  { id, person_id, router_id }: Device,
  { beside, openId, selected }: Pick<ListProps, 'beside' | 'openId' | 'selected'>,
) {
  return {
    isOpen: id === openId,
    isSelected: selected.has(id),
    isJoined: beside.joined.has(id),
    isOwn: beside.own.has(id),
    person: beside.people.get(person_id ?? ''),
    place: beside.routerNames.get(router_id),
    digits: beside.strips.get(id),
    used: beside.usage.get(id),
    counting: beside.counting,
  };
}

/** The rows in view, and how far below the top of the page they start. */
function useVisibleRows(devices: readonly Device[], height: number) {
  const body: RefObject<HTMLDivElement | null> = useRef(null);
  const [offset, setOffset] = useState<number>();
  useEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    // The observer answers after the layout. Asking for the offset before makes the browser lay out twice.
    const observer = new ResizeObserver(() => {
      setOffset(element.getBoundingClientRect().top + scrollY);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = useWindowVirtualizer({
    count: devices.length,
    estimateSize: () => height,
    // None in the first rendering, which shows only what is in view.
    overscan: offset === undefined ? 0 : 8,
    // Else no row is rendered before the window was measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: offset ?? 0,
    // It would start by scrolling to where the window is, which needs a layout too.
    scrollToFn: () => undefined,
    getItemKey: (index) => devices[index]?.id ?? index,
  });
  const measured = useRef(height);
  useLayoutEffect(() => {
    if (measured.current === height) return;
    // Rows of another height are all at another place.
    measured.current = height;
    rows.measure();
    // That forgot what each was measured as, which its observer says only once. They are compared with the new layout.
    rows.getTotalSize();
    for (const row of rows.elementsCache.values()) rows.measureElement(row);
  }, [rows, height]);
  return { rows, offset: offset ?? 0, body };
}

/** Room that bars at the edges of the window may take. */
const EDGE_PX = 96;

/** Scrolls a row into view, if it is not there. */
function revealRow(
  body: HTMLElement | null,
  row: { start: number; size: number } | undefined,
): void {
  if (body === null || row === undefined) return;
  if (row.start - EDGE_PX < scrollY) scrollTo({ top: row.start - EDGE_PX });
  else if (row.start + row.size + EDGE_PX > scrollY + innerHeight)
    scrollTo({ top: row.start + row.size + EDGE_PX - innerHeight });
}

/** Always the same object, which leads to the last value: rows are not rendered again for a new one. */
function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
