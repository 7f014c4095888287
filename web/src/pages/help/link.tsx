import { Link } from '@tanstack/react-router';
import { CircleQuestionMark } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Topic } from './topics.ts';

/** Leads from a page to what the guide says about it. */
export function HelpLink({ topic }: { topic: Topic }) {
  const t = useTranslations('help');
  const title = t(`topics.${topic}.title`);
  return (
    <Link to="/help/$topic" params={{ topic }} className="help-link">
      <CircleQuestionMark aria-hidden className="icon" />
      <span>{t('about', { title })}</span>
    </Link>
  );
}
