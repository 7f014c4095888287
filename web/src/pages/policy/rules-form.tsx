import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { type Device, type Policy, policyQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { useDeliveryReason } from '../routers/state.tsx';
import { type Rules, compareAccess, rulesOf } from './access.ts';
import { Preview } from './preview.tsx';
import { RateField, useOutcome } from './rate.tsx';

const MODES = ['none', 'whitelist', 'blacklist'] as const;
/** The rates of a mode; only the limited one may be 0. */
const WHITELIST_RATES = [
  { text: 'offWhitelist', rate: 'whitelist_limit_rate', least: 0 },
  { text: 'onWhitelist', rate: 'whitelist_full_rate', least: 1 },
] as const;
const BLACKLIST_RATES = [
  { text: 'onBlacklist', rate: 'blacklist_limit_rate', least: 0 },
  { text: 'offBlacklist', rate: 'blacklist_full_rate', least: 1 },
] as const;

/** The mode and its rates, with a preview of what a change does to each device. */
export function RulesForm({ policy, devices }: { policy: Policy; devices: readonly Device[] }) {
  const t = useTranslations('policy');
  const current = rulesOf(policy);
  // Kept apart from the data of the query: an update does not overwrite what a person is editing.
  const [draft, setDraft] = useState<Rules>();
  const rules = draft ?? current;
  const { canChange } = useRights();
  const change = useChangeRules(policy);
  const reason = useDeliveryReason(policy.router_id);
  const isWrong = Object.values(rules).some((value) => Number.isNaN(value));
  const isChanged = isWrong || JSON.stringify(rules) !== JSON.stringify(current);
  const { less, more } = compareAccess(devices, current, rules);
  return (
    <section className="card policy__form">
      <Modes rules={rules} devices={devices} onChange={setDraft} />
      {canChange && rules.mode !== 'none' && <Rates rules={rules} onChange={setDraft} />}
      {isChanged && !isWrong && <Preview less={less} more={more} />}
      <div className="policy__foot">
        <output className="quiet">{reason}</output>
        {canChange && (
          <div className="dialog__actions">
            <Button disabled={!isChanged} onClick={() => setDraft(undefined)}>
              {t('reset')}
            </Button>
            <Button
              variant="primary"
              disabled={!isChanged || isWrong || change.isPending}
              onClick={() => {
                setDraft(undefined);
                change.run(rules);
              }}
            >
              {t('apply')}
            </Button>
          </div>
        )}
      </div>
      {change.dialog}
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
  const { canChange } = useRights();
  const outcome = useOutcome(devices);
  return (
    <RadioGroup
      className="policy__modes"
      isReadOnly={!canChange}
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
  const fields = rules.mode === 'whitelist' ? WHITELIST_RATES : BLACKLIST_RATES;
  return (
    <div className="columns">
      {fields.map(({ text, rate, least }) => (
        <RateField
          key={rate}
          label={t(`rates.${text}`)}
          rate={rules[rate]}
          least={least}
          onChange={(value) => onChange({ ...rules, [rate]: value })}
        />
      ))}
    </div>
  );
}

/** Shown at once, and rolled back with the reason if it is refused. Asks before it cuts off the device in use. */
function useChangeRules({ router_id }: Policy) {
  const t = useTranslations('policy');
  const queryClient = useQueryClient();
  const { queryKey } = policyQuery(router_id);
  return useGuarded(
    async (rules: Rules, confirm) => {
      // An answer on its way would overwrite the change.
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(
        queryKey,
        before && { ...before, ...rules, delivery: { ...before.delivery, state: 'pending' } },
      );
      try {
        return await unwrap(
          api.PUT('/api/v1/routers/{router_id}/policy', {
            params: { path: { router_id } },
            body: { ...rules, ...confirm },
          }),
        );
      } catch (error) {
        queryClient.setQueryData(queryKey, before);
        throw error;
      } finally {
        void queryClient.invalidateQueries({ queryKey: ['policy'] });
      }
    },
    (policy) => {
      queryClient.setQueryData(queryKey, policy);
      showToast({ text: policy.delivery.state === 'applied' ? t('applied') : t('sent') });
    },
  );
}
