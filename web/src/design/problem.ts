import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { showToast } from './toast.ts';

/** An error in the server's own words if it has any for people, else in the person's language. */
export function useProblemText(): (error: Error) => string {
  const t = useTranslations('problem');
  return (error) => {
    if (!(error instanceof ApiProblem)) return error.message;
    if (error.status === 0) return t('offline');
    return error.message === '' ? t('unknown') : error.message;
  };
}

/** Shows an error as a toast: for `onError` of a mutation. */
export function useProblemToast(): (error: Error) => void {
  const problemText = useProblemText();
  return (error) => showToast({ text: problemText(error) });
}
