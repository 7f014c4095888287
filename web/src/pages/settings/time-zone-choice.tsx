import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Choice } from '../../design/choice.tsx';
import { chosenTimeZone, keepTimeZone } from '../../texts/time-zone.ts';

const BROWSER = 'browser';

/** Chooses the time zone of all dates. */
export function TimeZoneChoice() {
  const t = useTranslations('settings');
  const [zone, setZone] = useState(() => chosenTimeZone() ?? BROWSER);
  return (
    <Choice
      label={t('timeZone')}
      options={[
        { value: BROWSER, text: t('browserZone') },
        ...['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, text: value })),
      ]}
      value={zone}
      onChange={(chosen) => {
        setZone(chosen);
        keepTimeZone(chosen === BROWSER ? undefined : chosen);
        location.reload();
      }}
    />
  );
}
