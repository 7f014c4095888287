import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { Countdown } from '../../access/countdown.tsx';
import { changeRule, refreshRules, useDeleteRule } from '../../access/rule-writes.ts';
import { useRuleDelivery } from '../../access/rule-delivery.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { type Rule, peopleQuery } from '../../api/home-queries.ts';
import { devicesQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { useRights } from '../../homes/current.ts';
import { typeOf } from '../devices/label.ts';
import { RuleForm } from './form.tsx';
import './row.css';
import { weekOf } from './week.ts';
import { WeekPicture } from './week-view.tsx';
import { useRuleText } from './when.ts';

/** A rule in a list, as a sentence: who it is for, what and when, how long still, and what one may do about it. */
export function RuleRow({
  rule,
  hasTarget = true,
  hasPicture = true,
}: {
  rule: Rule;
  hasTarget?: boolean;
  /** Of its week. */
  hasPicture?: boolean;
}) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const ruleText = useRuleText();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const name = rule.name ?? t(`kinds.${rule.kind}`);
  const text = ruleText(rule, hasTarget);
  const isRunning = rule.is_active && rule.until_at !== null && Date.parse(rule.from_at) <= now;
  return (
    <li className="rules__rule" {...(!rule.is_active && { 'data-off': '' })}>
      {hasTarget && <TargetPicture rule={rule} />}
      <span className="rows__main">
        <bdi className="rules__text">{text}</bdi>
        {isRunning && rule.until_at !== null && (
          <span className="quiet">
            <Countdown until={rule.until_at} />
          </span>
        )}
      </span>
      {rule.kind === 'schedule' && hasPicture && (
        <WeekPicture week={weekOf([{ ...rule, is_active: true }])} />
      )}
      {!rule.is_active && <span className="badge">{t('off')}</span>}
      {canChange && <Actions rule={rule} name={name} text={text} />}
    </li>
  );
}

/** Who a rule is for, as a picture. */
function TargetPicture({ rule }: { rule: Rule }) {
  const person = useQuery(peopleQuery).data?.find(({ id }) => id === rule.person_id);
  const device = useQuery(devicesQuery).data?.find(({ id }) => id === rule.device_id);
  if (person) return <Avatar person={person} />;
  if (device) return <Tile kind={kindOf(typeOf(device))} />;
  return (
    <span className="rules__picture" aria-hidden>
      <CalendarClock />
    </span>
  );
}

function Actions({ rule, name, text }: { rule: Rule; name: string; text: string }) {
  const t = useTranslations('rules');
  const queryClient = useQueryClient();
  const [isEdited, setEdited] = useState(false);
  const follow = useRuleDelivery();
  const remove = useDeleteRule(() => {
    const done = t('deleted', { name });
    follow({ id: `rule ${rule.id}`, scope: rule }, { working: done, done });
  });
  const change = useGuarded(
    (is_active: boolean, confirm) => changeRule(rule, { is_active, ...confirm }),
    () => refreshRules(queryClient),
  );
  const isPause = rule.kind === 'pause';
  return (
    <span className="rules__actions">
      {!isPause && (
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
      )}
      <Button variant="quiet" aria-label={t('editOne', { name })} onClick={() => setEdited(true)}>
        <Pencil aria-hidden />
      </Button>
      {isPause ? (
        <Button
          aria-label={t('endPauseOf', { name: text })}
          disabled={remove.isPending}
          onClick={() => remove.run(rule)}
        >
          <Play aria-hidden />
          {t('endPause')}
        </Button>
      ) : (
        <Button
          variant="quiet"
          aria-label={t('deleteOne', { name })}
          disabled={remove.isPending}
          onClick={() => remove.run(rule)}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
      {isEdited && <RuleForm edited={{ rule }} onClose={() => setEdited(false)} />}
      {change.dialog}
      {remove.dialog}
    </span>
  );
}
