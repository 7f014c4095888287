import { queryOptions } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { PushError, keptChannels, pushSupport } from '../../push/subscription.ts';

/** The channels that come to this browser. */
export const ownPushQuery = queryOptions({ queryKey: ['own-push'], queryFn: keptChannels });

/** How this browser is asked, or why it cannot be, and what to do about it. */
export function BrowserHowTo() {
  const t = useTranslations('alerts.browser');
  const support = pushSupport();
  if (support === 'install')
    return (
      <>
        <p>{t('install')}</p>
        <ol className="alerts__steps">
          <li>{t('installShare')}</li>
          <li>{t('installAdd')}</li>
          <li>{t('installOpen')}</li>
        </ol>
      </>
    );
  return <p role={support === 'ready' ? undefined : 'alert'}>{t(support)}</p>;
}

/** Whether this browser can be added. */
export function isBrowserReady(): boolean {
  return pushSupport() === 'ready';
}

/** Why this browser was not subscribed, in words. */
export function usePushProblem(): (error: Error) => string | undefined {
  const t = useTranslations('alerts.browser');
  return (error) => (error instanceof PushError ? t(error.reason) : undefined);
}
