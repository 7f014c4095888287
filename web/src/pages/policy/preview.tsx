import { useTranslations } from 'use-intl';
import { deviceLabel } from '../devices/label.ts';
import type { Difference } from './access.ts';
import { useRateText } from './rate.tsx';

const SHOWN = 8;

/** The devices whose speed a change lowers or raises. */
export function Preview({ less, more }: { less: Difference[]; more: Difference[] }) {
  const t = useTranslations('policy');
  return (
    <section className="policy__preview" aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      {less.length === 0 && more.length === 0 && <p className="quiet">{t('noDifference')}</p>}
      <Side title={t('less', { count: less.length })} differences={less} variant="danger" />
      <Side title={t('more', { count: more.length })} differences={more} variant="good" />
    </section>
  );
}

function Side({
  title,
  differences,
  variant,
}: {
  title: string;
  differences: Difference[];
  variant: 'danger' | 'good';
}) {
  const t = useTranslations('policy');
  const rateText = useRateText();
  if (differences.length === 0) return undefined;
  return (
    <div>
      <h3 className={`policy__side policy__side--${variant}`}>{title}</h3>
      <ul className="policy__differences">
        {differences.slice(0, SHOWN).map(({ device, before, after }) => (
          <li key={device.id}>
            <span className="name">{deviceLabel(device)}</span>
            <span className="quiet">
              {t('fromTo', { before: rateText(before), after: rateText(after) })}
            </span>
          </li>
        ))}
        {differences.length > SHOWN && (
          <li className="quiet">{t('andMore', { count: differences.length - SHOWN })}</li>
        )}
      </ul>
    </div>
  );
}
