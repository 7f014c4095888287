import { useTranslations } from 'use-intl';
import type { Home, Rule } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import type { Edited } from './form.tsx';
import { RuleRow } from './row.tsx';
import { useTargets } from './target-choice.tsx';

const SENTENCES = { allow: 'newAllowed', block: 'newBlocked', limit: 'newLimited' } as const;

/** What new devices get until somebody has decided about them, in the home and in its networks. */
export function NewDeviceRules({
  home,
  rules,
  onEdit,
}: {
  home: Home;
  rules: readonly Rule[];
  onEdit: (edited: Edited) => void;
}) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const { network: networks } = useTargets(home.id);
  const ofHome = rules.find(({ target, is_active }) => target === 'everyone' && is_active);
  const taken = new Set(rules.map(({ network }) => network));
  const free = networks.find(({ value }) => !taken.has(value));
  return (
    <section className="card">
      <h2>{t('newDevices')}</h2>
      <p>{t(SENTENCES[ofHome?.access ?? 'allow'])}</p>
      <ul className="rows">
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </ul>
      {canChange && (
        <div className="dialog__actions">
          {!rules.some(({ target }) => target === 'everyone') && (
            <Button
              onClick={() =>
                onEdit({ homeId: home.id, kind: 'new_device', start: (draft) => draft })
              }
            >
              {t('changeNew')}
            </Button>
          )}
          {free && (
            <Button
              onClick={() =>
                onEdit({
                  homeId: home.id,
                  kind: 'new_device',
                  start: (draft) => ({
                    ...draft,
                    target: { target: 'network', network: free.value, router_id: null },
                  }),
                })
              }
            >
              {t('addNetwork')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
