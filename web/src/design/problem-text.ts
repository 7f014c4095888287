import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/client.ts';

/** What went wrong: in the server's own words where it has any for people, else in the person's language. */
export function useProblemText(): (error: Error) => string {
  const t = useTranslations('problem');
  return (error) => {
    if (!(error instanceof ApiProblem)) return error.message;
    if (error.status === 0) return t('offline');
    return error.message === '' ? t('unknown') : error.message;
  };
}
