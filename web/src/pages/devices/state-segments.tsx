import { useFormatter, useTranslations } from 'use-intl';
import { Segments } from '../../design/segments.tsx';
import type { State } from './states.ts';

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
  state: State | undefined;
  counts: Record<State, number>;
  onChange: (state: State | undefined) => void;
}) {
  const t = useTranslations('devices');
  const format = useFormatter();
  const shown: State[] = [
    ...ALWAYS,
    ...SOMETIMES.filter((each) => counts[each] > 0 || each === state),
  ];
  return (
    <Segments<State | typeof ALL>
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
