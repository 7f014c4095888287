import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { api, ask } from '../api/client.ts';
import { type Device, type Policy, policyQuery } from '../api/queries.ts';
import { Button } from '../design/button.tsx';
import { showToast } from '../design/toast.tsx';
import { type Rules, compareAccess } from './access.ts';
import { Preview } from './preview.tsx';
import { RateField } from './rate.tsx';

const MODES = ['none', 'whitelist', 'blacklist'] as const;

/** The mode and its rates, with what a change would do to whom before it is applied. */
export function RulesForm({ policy, devices }: { policy: Policy; devices: readonly Device[] }) {
  const t = useTranslations('policy');
  const [rules, setRules] = useState<Rules>(() => rulesOf(policy));
  const change = useChangeRules(policy);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(rulesOf(policy));
  const { less, more } = compareAccess(devices, policy, rules);
  return (
    <section className="card policy__form">
      <RadioGroup
        className="policy__modes"
        value={rules.mode}
        onChange={(value) => {
          const mode = MODES.find((known) => known === value);
          if (mode !== undefined) setRules({ ...rules, mode });
        }}
      >
        <Label className="field__label">{t('mode')}</Label>
        {MODES.map((mode) => (
          <Radio key={mode} value={mode} className="policy__mode">
            <span className="policy__dot" aria-hidden />
            <span>
              <strong>{t(`modes.${mode}.name`)}</strong>
              <span className="quiet">{t(`modes.${mode}.effect`)}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {rules.mode !== 'none' && <Rates rules={rules} onChange={setRules} />}
      {isChanged && <Preview less={less} more={more} />}
      <div className="dialog__actions">
        <Button isDisabled={!isChanged} onPress={() => setRules(rulesOf(policy))}>
          {t('reset')}
        </Button>
        <Button
          look="primary"
          isDisabled={!isChanged || change.isPending}
          onPress={() => change.mutate(rules)}
        >
          {t('apply')}
        </Button>
      </div>
    </section>
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

function useChangeRules({ router_id }: Policy) {
  const t = useTranslations('policy');
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Rules) =>
      ask(api.PUT('/api/v1/routers/{router_id}/policy', { params: { path: { router_id } }, body })),
    onSuccess: (policy) => {
      queryClient.setQueryData(policyQuery(router_id).queryKey, policy);
      showToast({ text: policy.delivery.state === 'applied' ? t('applied') : t('sent') });
    },
    onError: (error) => showToast({ text: error.message }),
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
