import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { changeRule, refreshRules, useDeleteRule } from '../../access/rule-writes.ts';
import { useSpeedText } from '../../access/text.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { type Rule, peopleQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { RuleForm } from './form.tsx';
import './row.css';
import { useTargetText } from './target.ts';
import { useWhenText } from './when.ts';

/** A rule in a list: for which target, what and when, with what one may do about it. */
export function RuleRow({ rule, hasTarget = true }: { rule: Rule; hasTarget?: boolean }) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const targetText = useTargetText();
  const whenText = useWhenText();
  const speedText = useSpeedText();
  const person = useQuery(peopleQuery).data?.find(({ id }) => id === rule.person_id);
  const name = rule.name ?? t(`kinds.${rule.kind}`);
  const facts = [
    hasTarget && targetText(rule),
    rule.access === 'limit'
      ? speedText(rule)
      : rule.kind !== 'pause' && t(`accesses.${rule.access}`),
    whenText(rule),
  ].filter(Boolean);
  return (
    <li className="rules__rule">
      {hasTarget && person && <Avatar person={person} />}
      <span className="rows__main">
        <bdi className="rules__name">{name}</bdi>
        <span className="quiet">{facts.join(' · ')}</span>
      </span>
      {!rule.is_active && <span className="badge">{t('off')}</span>}
      {canChange && <Actions rule={rule} name={name} />}
    </li>
  );
}

function Actions({ rule, name }: { rule: Rule; name: string }) {
  const t = useTranslations('rules');
  const queryClient = useQueryClient();
  const [isEdited, setEdited] = useState(false);
  const remove = useDeleteRule(() => showToast({ text: t('deleted', { name }) }));
  const change = useGuarded(
    (is_active: boolean, confirm) => changeRule(rule, { is_active, ...confirm }),
    () => refreshRules(queryClient),
  );
  return (
    <span className="rules__actions">
      <input
        type="checkbox"
        role="switch"
        aria-checked={rule.is_active}
        className="switch"
        aria-label={t('active', { name })}
        checked={rule.is_active}
        disabled={change.isPending}
        onChange={({ target }) => change.run(target.checked)}
      />
      <Button variant="quiet" aria-label={t('editOne', { name })} onClick={() => setEdited(true)}>
        <Pencil aria-hidden />
      </Button>
      <Button
        variant="quiet"
        aria-label={t('deleteOne', { name })}
        disabled={remove.isPending}
        onClick={() => remove.run(rule)}
      >
        <Trash2 aria-hidden />
      </Button>
      {isEdited && <RuleForm edited={{ rule }} onClose={() => setEdited(false)} />}
      {change.dialog}
      {remove.dialog}
    </span>
  );
}
