import { Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useRuleDelivery } from '../../access/rule-delivery.ts';
import { useDeleteRule } from '../../access/rule-writes.ts';
import { useSpeedText } from '../../access/text.ts';
import type { Home, Rule } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Segments } from '../../design/segments.tsx';
import { useRights } from '../../homes/current.ts';
import type { Target } from './draft.ts';
import type { Edited } from './form.tsx';
import { useTargets } from './target-choice.tsx';

const ACCESSES = ['allow', 'limit', 'block'] as const;
type Access = (typeof ACCESSES)[number];
type EditProps = { onEdit: (edited: Edited) => void };

/** What a device gets that was never there, until somebody has decided about it: in the home, and in its networks. */
export function NewDeviceRules({
  home,
  rules,
  onEdit,
}: { home: Home; rules: readonly Rule[] } & EditProps) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const { network: networks } = useTargets(home.id);
  const taken = new Set(rules.map(({ network }) => network));
  const free = networks.find(({ value }) => !taken.has(value));
  return (
    <section className="rules__section">
      <h2>{t('newDevices')}</h2>
      <div className="rules__new">
        <NewChoice
          label={t('newChoice')}
          home={home}
          rule={rules.find(({ target }) => target === 'everyone')}
          target={{ target: 'everyone' }}
          onEdit={onEdit}
        />
        {rules
          .filter(({ target }) => target === 'network')
          .map((rule) => (
            <NewChoice
              key={rule.id}
              label={t('newOf', { network: rule.network ?? '' })}
              home={home}
              rule={rule}
              target={networkOf(rule)}
              onEdit={onEdit}
            />
          ))}
        {canChange && free && (
          <div className="listed__actions">
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
          </div>
        )}
      </div>
    </section>
  );
}

function networkOf({ network, router_id }: Rule): Target {
  return { target: 'network', network: network ?? '', router_id };
}

/** Three choices; another one is shown with what it changes before it is saved. */
function NewChoice({
  label,
  home,
  rule,
  target,
  onEdit,
}: { label: string; home: Home; rule: Rule | undefined; target: Target } & EditProps) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const speedText = useSpeedText();
  const follow = useRuleDelivery();
  const remove = useDeleteRule(() => {
    const text = t('deleted', { name: label });
    follow(
      { id: `new devices ${label}`, scope: { home_id: home.id } },
      { working: text, done: text },
    );
  });
  const access: Access = rule?.is_active === true ? rule.access : 'allow';
  return (
    <div className="rules__new-one">
      <Segments
        label={label}
        options={ACCESSES.map((value) => ({ value, text: t(`newAccesses.${value}`) }))}
        value={access}
        isDisabled={!canChange}
        onChange={(wanted) => {
          const change = { access: wanted };
          if (rule !== undefined) onEdit({ rule, change });
          else
            onEdit({
              homeId: home.id,
              kind: 'new_device',
              start: (draft) => ({ ...draft, target, ...change }),
            });
        }}
      />
      <p className="quiet">
        {t(`newHints.${access}`)}
        {access === 'limit' && rule !== undefined && ` (${speedText(rule)})`}
      </p>
      {canChange && rule?.target === 'network' && (
        <Button
          variant="quiet"
          aria-label={t('deleteOne', { name: label })}
          onClick={() => remove.run(rule)}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
      {remove.dialog}
    </div>
  );
}
