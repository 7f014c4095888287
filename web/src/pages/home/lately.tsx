import { Link } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../design/button.tsx';
import { useQuiet } from '../../design/quiet.ts';

/** Not part of the first page: it is what one looks at last. */
const LastEntries = lazy(() => import('./last-entries.tsx'));

/** What happened last. */
export function Lately() {
  const t = useTranslations('home');
  const isQuiet = useQuiet();
  return (
    <section className="home__part">
      <header className="home__heading">
        <h2>{t('lately')}</h2>
        <Link to="/activity" className={buttonClass('quiet')}>
          {t('allActivity')}
        </Link>
      </header>
      <div className="home__entries">
        {isQuiet && (
          <Suspense>
            <LastEntries />
          </Suspense>
        )}
      </div>
    </section>
  );
}
