import { useTranslations } from 'use-intl';
import type { ImportReport } from '../../api/client.ts';

/** What has words of its own, by the table of the database; the rest is counted together. */
const NAMED = [
  'user_routers',
  'user_devices',
  'user_whitelists',
  'user_blacklists',
  'user_blocked_devices',
  'people',
  'access_rules',
] as const;
const MODES = ['none', 'whitelist', 'blacklist'] as const;
const isNamed = (table: string) => NAMED.some((name) => name === table);

/** The report in a sentence: what is new or changed, what was here already or cannot be imported, and the mode. */
export function useReportWords(): (report: ImportReport) => string {
  const t = useTranslations('import.words');
  const tModes = useTranslations('rules.modes');
  return ({ rows_written: rows, totals: { unchanged, rejected }, mode }) => {
    // The mode has words of its own; the rest of a policy are speeds and how often it was changed.
    const others = Object.entries(rows).filter(
      ([table]) => !isNamed(table) && table !== 'router_policies',
    );
    const other = others.reduce((sum, [, count]) => sum + count, 0);
    const parts = NAMED.flatMap((table) => {
      const count = rows[table] ?? 0;
      return count === 0 ? [] : [t(table, { count })];
    });
    if (other > 0) parts.push(t('other', { count: other }));
    if (unchanged > 0) parts.push(t('unchanged', { count: unchanged }));
    if (rejected > 0) parts.push(t('rejected', { count: rejected }));
    if (mode !== undefined) {
      const { before, after } = mode;
      const known = MODES.find((name) => name === after);
      const name = known === undefined ? after : tModes(known);
      parts.push(t(before === after ? 'modeKept' : 'modeNew', { mode: name }));
    }
    return parts.join(', ');
  };
}
