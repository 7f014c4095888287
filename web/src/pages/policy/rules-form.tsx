import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { api, ask } from '../../api/client.ts';
import { type Device, type Policy, policyQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useProblemText } from '../../design/problem-text.ts';
import { usePendingReason } from '../routers/state.tsx';
import { type Rules, compareAccess } from './access.ts';
import { useOutcome } from './outcome.ts';
import { Preview } from './preview.tsx';
import { RateField } from './rate.tsx';

const MODES = ['none', 'whitelist', 'blacklist'] as const;

/** The mode and its rates, with what a change would do to whom before it is applied. */
export function RulesForm({ policy, devices }: { policy: Policy; devices: readonly Device[] }) {
  const t = useTranslations('policy');
  const current = rulesOf(policy);
  // Kept apart from what arrives meanwhile: nobody loses what they are about to decide.
  const [draft, setDraft] = useState<Rules>();
  const rules = draft ?? current;
  const change = useChangeRules(policy);
  const reason = usePendingReason(policy.router_id);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(current);
  const { less, more } = compareAccess(devices, current, rules);
  return (
    <section className="card policy__form">
      <Modes rules={rules} devices={devices} onChange={setDraft} />
      {rules.mode !== 'none' && <Rates rules={rules} onChange={setDraft} />}
      {isChanged && <Preview less={less} more={more} />}
      <div className="policy__foot">
        <output className="quiet">{reason}</output>
        <div className="dialog__actions">
          <Button disabled={!isChanged} onClick={() => setDraft(undefined)}>
            {t('reset')}
          </Button>
          <Button
            look="primary"
            disabled={!isChanged || change.isPending}
            onClick={() => {
              setDraft(undefined);
              change.mutate(rules);
            }}
          >
            {t('apply')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function Modes({
  rules,
  devices,
  onChange,
}: {
  rules: Rules;
  devices: readonly Device[];
  onChange: (rules: Rules) => void;
}) {
  const t = useTranslations('policy');
  const outcome = useOutcome(devices);
  return (
    <RadioGroup
      className="policy__modes"
      value={rules.mode}
      onChange={(value) => {
        const mode = MODES.find((known) => known === value);
        if (mode !== undefined) onChange({ ...rules, mode });
      }}
    >
      <Label className="field__label">{t('mode')}</Label>
      {MODES.map((mode) => (
        <Radio key={mode} value={mode} className="policy__mode">
          <span className="policy__dot" aria-hidden />
          <span>
            <strong>{t(`modes.${mode}.name`)}</strong>
            <span className="quiet">{t(`modes.${mode}.effect`)}</span>
            <span className="policy__outcome">{outcome({ ...rules, mode })}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

function Rates({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const t = useTranslations('policy');
  if (rules.mode === 'whitelist') {
    return (
      <div className="policy__rates">
        <RateField
          label={t('rates.offWhitelist')}
          rate={rules.whitelist_limit_rate}
          least={0}
          onChange={(whitelist_limit_rate) => onChange({ ...rules, whitelist_limit_rate })}
        />
        <RateField
          label={t('rates.onWhitelist')}
          rate={rules.whitelist_full_rate}
          least={1}
          onChange={(whitelist_full_rate) => onChange({ ...rules, whitelist_full_rate })}
        />
      </div>
    );
  }
  return (
    <div className="policy__rates">
      <RateField
        label={t('rates.onBlacklist')}
        rate={rules.blacklist_limit_rate}
        least={0}
        onChange={(blacklist_limit_rate) => onChange({ ...rules, blacklist_limit_rate })}
      />
      <RateField
        label={t('rates.offBlacklist')}
        rate={rules.blacklist_full_rate}
        least={1}
        onChange={(blacklist_full_rate) => onChange({ ...rules, blacklist_full_rate })}
      />
    </div>
  );
}

/** Shown at once; taken back, with the reason, where it is refused. */
function useChangeRules({ router_id }: Policy) {
  const t = useTranslations('policy');
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const { queryKey } = policyQuery(router_id);
  return useMutation({
    mutationFn: (body: Rules) =>
      ask(api.PUT('/api/v1/routers/{router_id}/policy', { params: { path: { router_id } }, body })),
    onMutate: async (rules) => {
      // An answer under way would overwrite what is shown.
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(
        queryKey,
        before && { ...before, ...rules, delivery: { ...before.delivery, state: 'pending' } },
      );
      return before;
    },
    onSuccess: (policy) => {
      queryClient.setQueryData(queryKey, policy);
      showToast({ text: policy.delivery.state === 'applied' ? t('applied') : t('sent') });
    },
    onError: (error, _rules, before) => {
      queryClient.setQueryData(queryKey, before);
      showToast({ text: problemText(error) });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['policy'] }),
  });
}

function rulesOf(policy: Policy): Rules {
  const {
    mode,
    whitelist_limit_rate,
    whitelist_full_rate,
    blacklist_limit_rate,
    blacklist_full_rate,
  } = policy;
  return {
    mode,
    whitelist_limit_rate,
    whitelist_full_rate,
    blacklist_limit_rate,
    blacklist_full_rate,
  };
}
