import { useTranslations } from 'use-intl';
import type { AuditEntry } from '../../api/queries.ts';

/** An action in words. One that a newer server added has no words here yet: it stays as it is. */
export function useActionText(): (action: AuditEntry['action']) => string {
  const t = useTranslations('activity.actions');
  return (action) => (t.has(action) ? t(action) : action);
}
