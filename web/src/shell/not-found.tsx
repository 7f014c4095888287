import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../design/button.tsx';
import { Empty } from '../design/drawing.tsx';
import { usePageTitle } from './page-title.ts';

/** The page of an address that there is none for. */
export function NotFound() {
  const t = useTranslations('problem');
  usePageTitle(t('notFound'));
  return (
    <Empty
      drawing="search"
      heading="h1"
      title={t('notFound')}
      action={
        <Link to="/" className={buttonClass('primary')}>
          {t('home')}
        </Link>
      }
    >
      {t('notFoundHint')}
    </Empty>
  );
}
