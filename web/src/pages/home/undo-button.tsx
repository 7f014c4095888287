import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useRuleDelivery } from '../../access/rule-delivery.ts';
import { createRule, refreshRules, useDeleteRule } from '../../access/rule-writes.ts';
import { useHomeOf } from '../../access/text.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import type { Person } from '../../api/home-queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { BlockButton } from '../devices/block-button.tsx';
import { deviceLabel } from '../devices/label.ts';
import type { Group } from './restrictions.ts';

const MINUTES = 30;

/** Takes back what restricts: ends a block or a pause, or lets through for half an hour what a schedule restricts. */
export function UndoButton({ group, person }: { group: Group; person: Person | undefined }) {
  const { canChange } = useRights();
  const { because } = group.first.access;
  if (!canChange) return undefined;
  if (because.kind === 'block') return <BlockButton device={group.first} />;
  if (because.kind === 'pause' && because.rule_id !== null)
    return <Resume {...{ group, person }} ruleId={because.rule_id} />;
  if (because.kind === 'mode') return <ToRules />;
  if (because.kind === 'schedule' || because.kind === 'exception')
    return <LetThrough {...{ group, person }} />;
  return undefined;
}

function ToRules() {
  const t = useTranslations('home');
  return (
    <Link to="/rules" className={buttonClass('plain')}>
      {t('toRules')}
    </Link>
  );
}

type Undone = { group: Group; person: Person | undefined };

/** Whether it is about the person rather than about one device. */
function isOfPerson({ group: { first, devices }, person }: Undone): boolean {
  return person !== undefined && (devices.length > 1 || first.access.because.target === 'person');
}

function Resume({ group, person, ruleId }: Undone & { ruleId: string }) {
  const t = useTranslations('access');
  const home = useHomeOf()(group.first.router_id);
  const name = nameOf({ group, person });
  const follow = useRuleDelivery();
  const { id: device_id, person_id, access } = group.first;
  const whose = access.because.target === 'everyone' ? 'everyone' : 'one';
  const isPerson = isOfPerson({ group, person });
  const resume = useDeleteRule(() => {
    if (home === undefined) return;
    const who = { one: isPerson ? { person_id } : { device_id }, everyone: {} }[whose];
    follow(
      { id: `resume ${ruleId}`, scope: { home_id: home.id, ...who } },
      { working: t(`resuming.${whose}`, { name }), done: t(`resumed.${whose}`, { name }) },
    );
  });
  if (home === undefined) return undefined;
  return (
    <>
      <Button
        disabled={resume.isPending}
        aria-label={t('resumeOne', { name })}
        onClick={() => resume.run({ home_id: home.id, id: ruleId })}
      >
        {t('resume')}
      </Button>
      {resume.dialog}
    </>
  );
}

function LetThrough({ group, person }: Undone) {
  const t = useTranslations('home');
  const queryClient = useQueryClient();
  const home = useHomeOf()(group.first.router_id);
  const name = nameOf({ group, person });
  const undo = useDeleteRule(() => showToast({ text: t('letThroughEnded', { name }) }));
  const allow = useGuarded(
    (home_id: string, confirm) =>
      createRule(home_id, {
        kind: 'exception',
        access: 'allow',
        minutes: MINUTES,
        ...(person !== undefined && isOfPerson({ group, person })
          ? { target: 'person', person_id: person.id }
          : { target: 'device', device_id: group.first.id }),
        ...confirm,
      }),
    async ({ home_id, id }) => {
      await refreshRules(queryClient);
      showToast({
        text: t('letThrough', { name, count: MINUTES }),
        undo: () => undo.run({ home_id, id }),
      });
    },
  );
  // What nobody in particular is behind has no one to make an exception for.
  if (home === undefined || (person === undefined && group.devices.length > 1)) return undefined;
  return (
    <>
      <Button
        disabled={allow.isPending}
        aria-label={t('letThroughOne', { name, count: MINUTES })}
        onClick={() => allow.run(home.id)}
      >
        {t('letThroughShort', { count: MINUTES })}
      </Button>
      {allow.dialog}
      {undo.dialog}
    </>
  );
}

function nameOf({ group, person }: Undone): string {
  return person !== undefined && isOfPerson({ group, person })
    ? person.name
    : deviceLabel(group.first);
}
