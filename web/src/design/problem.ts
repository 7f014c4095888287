import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { isSignInTooOld } from './sign-in-too-old.ts';
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

/** Shows an error as a toast: for `onError` of a mutation. What needs a new sign-in has a dialog of its own. */
export function useProblemToast(): (error: Error) => void {
  const problemText = useProblemText();
  return (error) => {
    if (!isSignInTooOld(error)) showToast({ text: problemText(error), tone: 'failure' });
  };
}
