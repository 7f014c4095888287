import { useFormatter, useTranslations } from 'use-intl';
import { Segments } from '../../design/segments.tsx';
import type { DeviceState } from '../../../../src/devices/states.ts';

/** Always there, with how many there are. */
const ALWAYS = ['online', 'offline'] as const;
/** There while there are any, or it is chosen. */
const SOMETIMES = ['unknown', 'blocked', 'new'] as const;
const ALL = 'all';

/** Which devices are listed, by how they are, with how many there are of each. */
export function StateSegments({
  state,
  counts,
  onChange,
}: {
  state: DeviceState | undefined;
  counts: Record<DeviceState, number>;
  onChange: (state: DeviceState | undefined) => void;
}) {
  const t = useTranslations('devices');
  const format = useFormatter();
  const shown: DeviceState[] = [
    ...ALWAYS,
    ...SOMETIMES.filter((each) => counts[each] > 0 || each === state),
  ];
  return (
    <Segments<DeviceState | typeof ALL>
      label={t('state')}
      isLabelHidden
      options={[
        { value: ALL, text: t('states.all') },
        ...shown.map((value) => ({
          value,
          text: `${t(`states.${value}`)} ${format.number(counts[value])}`,
        })),
      ]}
      value={state === undefined ? ALL : shown.find((each) => each === state)}
      onChange={(chosen) => onChange(chosen === ALL ? undefined : chosen)}
    />
  );
}
