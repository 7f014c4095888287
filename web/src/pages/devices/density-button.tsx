import { Rows3, Rows4 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { useDensity } from './row-height.ts';

/** Makes the rows of a desktop lower, or higher again. */
export function DensityButton() {
  const t = useTranslations('devices');
  const [density, setDensity] = useDensity();
  const isDense = density === 'dense';
  return (
    <span className="devices__density">
      <Button
        variant="quiet"
        aria-pressed={isDense}
        aria-label={t('dense')}
        onClick={() => setDensity(isDense ? 'calm' : 'dense')}
      >
        {isDense ? <Rows4 aria-hidden /> : <Rows3 aria-hidden />}
      </Button>
    </span>
  );
}
