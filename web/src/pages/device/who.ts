import type { AuditEntry, Device } from '../../api/queries.ts';

/** The entry of the history that says who decided what holds for a device now; undefined if none of them does. */
export function deciderOf(
  { because }: Pick<Device['access'], 'because'>,
  entries: readonly AuditEntry[],
): AuditEntry | undefined {
  if (because.kind === 'block') return entries.find(({ action }) => action === 'block.started');
  if (because.rule_id === null) return undefined;
  return entries.find(
    ({ action, subject_id }) =>
      subject_id === because.rule_id && (action === 'rule.created' || action === 'rule.changed'),
  );
}
