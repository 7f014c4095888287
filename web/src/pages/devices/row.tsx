import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { type RefObject, memo } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { isRestricted } from '../../access/text.ts';
import type { Person } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useBytesText } from '../../design/bytes.ts';
import { Strip } from '../../design/strip.tsx';
import { RelativeTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceKey, deviceLabel } from './label.ts';
import { useLiveRate } from './live-usage.ts';
import { NameField } from './rename.tsx';
import { AccessReason, DeviceDot, StateBadge } from './state-badge.tsx';
import { DeviceTile } from './type.tsx';

export type RowActions = {
  onOpen: (device: Device) => void;
  onToggle: (id: string) => void;
  onRename: (id: string) => void;
  /** With the focus to be given back to its row, or not. */
  onRenamed: (index: number, byKey: boolean) => void;
};

type Props = {
  device: Device;
  index: number;
  top: number;
  height: number;
  /** Measures its height, if that is not known before. */
  measure: ((element: HTMLElement | null) => void) | undefined;
  /** Whether Tab leads to it. */
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  isRenamed: boolean;
  isJoined: boolean;
  /** The device that this page is shown on. */
  isOwn: boolean;
  person: Person | undefined;
  /** Its router's name, if there are several. */
  place: string | undefined;
  digits: string | undefined;
  used: number | undefined;
  /** The routers that say what is used right now. */
  counting: readonly string[];
  actions: RefObject<RowActions>;
};

/** One device of the list. Rendered again only when something that it shows changes. */
export const DeviceRow = memo(function DeviceRow({
  device,
  index,
  top,
  height,
  measure,
  actions,
  ...shown
}: Props) {
  const t = useTranslations('devices');
  const { canChange } = useRights();
  const label = deviceLabel(device);
  const isSelectable = canChange && !device.is_router;
  return (
    <div
      ref={measure}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={shown.isSelected}
      data-index={index}
      data-row={index}
      tabIndex={shown.isActive ? 0 : -1}
      className="devices__row"
      style={{
        transform: `translateY(${top}px)`,
        [measure ? 'minBlockSize' : 'blockSize']: `${height}px`,
      }}
      {...(shown.isOpen && { 'data-open': '', 'aria-current': true })}
      {...(shown.isJoined && { 'data-joined': '' })}
    >
      <span role="gridcell" className="devices__tile">
        <DeviceTile device={device} />
        {isSelectable && (
          <input
            type="checkbox"
            className="check"
            tabIndex={-1}
            aria-label={t('select', { name: label })}
            checked={shown.isSelected}
            onChange={() => actions.current.onToggle(device.id)}
          />
        )}
      </span>
      <Name {...{ device, index, actions }} {...shown} />
      <span role="gridcell" className="devices__person">
        {shown.person && (
          <>
            <Avatar person={shown.person} />
            <span className="name">{shown.person.name}</span>
          </>
        )}
      </span>
      <span role="gridcell" className="devices__strip">
        {shown.digits !== undefined && <Strip digits={shown.digits} />}
      </span>
      <span
        role="gridcell"
        className="devices__used"
        {...(shown.counting.length > 0 && { 'data-counting': '' })}
      >
        {shown.counting.length > 0 && <UsedNow id={device.id} counting={shown.counting} />}
        <Used bytes={shown.used} />
      </span>
      <span role="gridcell" className="devices__state">
        <State device={device} />
      </span>
    </div>
  );
});

function Name({
  device,
  index,
  actions,
  isRenamed,
  isOwn,
  place,
}: Pick<Props, 'device' | 'index' | 'actions' | 'isRenamed' | 'isOwn' | 'place'>) {
  const t = useTranslations('devices');
  const { canChange } = useRights();
  const name = deviceLabel(device);
  if (isRenamed)
    return (
      <span role="rowheader" className="devices__name">
        <NameField device={device} onDone={(byKey) => actions.current.onRenamed(index, byKey)} />
      </span>
    );
  return (
    <span role="rowheader" className="devices__name">
      <DeviceDot device={device} />
      <Link
        className="name"
        tabIndex={-1}
        to="/devices"
        search={{ device: deviceKey(device) }}
        onClick={(event) => {
          // With a key held, the browser opens it elsewhere.
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          actions.current.onOpen(device);
        }}
      >
        {name}
      </Link>
      {canChange && (
        <Button
          variant="quiet"
          tabIndex={-1}
          aria-label={t('rename', { name })}
          onClick={() => actions.current.onRename(device.id)}
        >
          <Pencil aria-hidden />
        </Button>
      )}
      {isOwn && <span className="badge">{t('thisDevice')}</span>}
      {place !== undefined && <span className="devices__place name">{place}</span>}
    </span>
  );
}

/** Less, in bit/s, is what a sleeping phone sends now and then. */
const LEAST = 100_000;

/** Rendered again with each sample in which it uses something else; the row is not. */
function UsedNow({ id, counting }: { id: string; counting: readonly string[] }) {
  const t = useTranslations('devices');
  const text = useBytesText();
  const rate = useLiveRate(counting, id);
  if (rate === undefined || rate.down + rate.up < LEAST) return undefined;
  return <span className="devices__now">{t('now', { rate: text.rate(rate.down + rate.up) })}</span>;
}

function Used({ bytes }: { bytes: number | undefined }) {
  const t = useTranslations('devices');
  const text = useBytesText();
  // There is room for it before it is known.
  if (bytes === undefined) return <span className="devices__today" />;
  return (
    <span className="devices__today">
      {text.bytes(bytes)} <span className="visually-hidden">{t('today')}</span>
    </span>
  );
}

/** A pill for the exception only: what is restricted, unknown or new. Of what is away, since when. */
function State({ device }: { device: Device }) {
  const t = useTranslations('devices');
  if (isRestricted(device.access) || device.unknown_since !== null)
    return (
      <>
        <StateBadge device={device} />
        <AccessReason device={device} />
      </>
    );
  if (device.is_new && !device.is_router)
    return <span className="badge badge--warning">{t('states.new')}</span>;
  return device.is_online ? undefined : (
    <span className="quiet">
      <RelativeTime moment={device.last_seen} />
    </span>
  );
}
