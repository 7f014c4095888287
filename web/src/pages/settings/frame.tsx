import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useRights } from '../../homes/current.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import './frame.css';
import { type Section, placeOf, sectionsOf } from './sections.ts';

/** A page of the settings: the list of all of them beside it; on a phone that is the first page, and the others lead back to it. */
export function SettingsFrame({
  section,
  title,
  heading,
  children,
}: {
  section: Section;
  /** Of a page below a section. */
  title?: string;
  /** Beside the title. */
  heading?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations('settings');
  const { role } = useRights();
  const name = title ?? (section === 'you' ? t('title') : t(`sections.${section}`));
  usePageTitle(name);
  return (
    <div className="settings" data-first={section === 'you' || undefined}>
      <nav className="settings__list" aria-label={t('title')}>
        <p className="settings__title" aria-hidden>
          {t('title')}
        </p>
        <ul>
          {sectionsOf(role).map(({ to, name: one, icon: Icon }) => (
            <li key={one}>
              <Link
                to={to}
                className="settings__link"
                activeOptions={{ exact: to === '/settings' }}
                aria-current={one === section ? 'page' : undefined}
              >
                <Icon aria-hidden className="icon" />
                <span className="settings__words">
                  <span>{t(`sections.${one}`)}</span>
                  <span className="quiet">{t(`hints.${one}`)}</span>
                </span>
                <ChevronRight aria-hidden className="icon settings__arrow" />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="page settings__page">
        {section !== 'you' && (
          <Link to={title === undefined ? '/settings' : placeOf(section)} className="back">
            <ChevronLeft aria-hidden className="icon back__arrow" />
            {title === undefined ? t('title') : t(`sections.${section}`)}
          </Link>
        )}
        <header className="page__heading">
          <h1>{name}</h1>
          {heading}
        </header>
        {children}
      </div>
    </div>
  );
}
