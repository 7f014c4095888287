import { useTranslations } from 'use-intl';
import { useDateText } from '../design/time.tsx';
import { lostSince, useConnection } from '../live/event-stream.ts';

/** Above the page, which it pushes down, while what is shown may be stale: since when. */
export function ConnectionStrip() {
  const t = useTranslations('live');
  const dateText = useDateText();
  const isLost = useConnection() === 'lost';
  return (
    <output className="shell__connection">
      {isLost && (
        <span>
          <span className="shell__seeking" aria-hidden />
          {t('lost', { time: dateText(lostSince(), { timeStyle: 'short' }) })}
        </span>
      )}
    </output>
  );
}
