import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import {
  type RuleAddition,
  changeRule,
  createRule,
  refreshRules,
} from '../../access/rule-writes.ts';
import { useRuleDelivery } from '../../access/rule-delivery.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { type Rule, homesQuery } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { zoneOf } from '../../homes/time.tsx';
import { type Draft, draftOf, newDraft, ruleOf } from './draft.ts';
import './form.css';
import { decimalOf } from './megabits.ts';
import { usePreview } from './preview.ts';
import { PreviewView } from './preview-view.tsx';
import { MegabitField } from './rate-field.tsx';
import { Span } from './span.tsx';
import { TargetChoice } from './target-choice.tsx';
import { useSettledZone } from './zone.ts';
import { Windows } from './windows.tsx';

/** What a form edits: a rule that is there, with what is changed of it already, or a new one that starts like this. */
export type Edited =
  | { rule: Rule; change?: Partial<Draft> }
  | { homeId: string; kind: Rule['kind']; start: (draft: Draft) => Draft };

const KINDS = ['schedule', 'exception', 'pause'] as const;
const ACCESSES = ['block', 'limit', 'allow'] as const;

/** Adds or changes a rule, and shows beside it what that would do. */
export function RuleForm({ edited, onClose }: { edited: Edited; onClose: () => void }) {
  const t = useTranslations('rules');
  const homeId = 'rule' in edited ? edited.rule.home_id : edited.homeId;
  const id = 'rule' in edited ? edited.rule.id : undefined;
  const home = useQuery(homesQuery).data?.find((each) => each.id === homeId);
  const isZoneSet = useSettledZone(home);
  const zone = zoneOf(home);
  const locale = useLocale();
  const [draft, setDraft] = useState<Draft>(() =>
    'rule' in edited
      ? { ...draftOf(edited.rule, zone, decimalOf(locale)), ...edited.change }
      : edited.start(newDraft(edited.kind, { target: 'everyone' }, zone, Date.now())),
  );
  const { rule, fault } = outcomeOf(draft, zone);
  const addition: RuleAddition | undefined = rule && { kind: draft.kind, ...rule };
  const { preview, error } = usePreview(homeId, id, isZoneSet ? addition : undefined);
  const save = useSave(homeId, id, onClose);
  return (
    <Dialog
      title={
        id === undefined ? t('add') : t('editOne', { name: draft.name || t(`kinds.${draft.kind}`) })
      }
      onClose={onClose}
      confirm={{
        text: t(id === undefined ? 'create' : 'save'),
        variant: 'primary',
        isDisabled: addition === undefined || !isZoneSet || save.isPending,
        onClick: () => addition && save.run(addition),
      }}
    >
      <Fields draft={draft} homeId={homeId} isNew={id === undefined} onChange={setDraft} />
      {isTimed(draft) && <p className="quiet">{t('zone', { zone })}</p>}
      {fault !== undefined && fault !== 'targetMissing' && fault !== 'noDays' && (
        <p className="field__error">{t(fault)}</p>
      )}
      <PreviewView preview={preview} error={error} zone={zone} />
      {save.dialog}
    </Dialog>
  );
}

function outcomeOf(draft: Draft, zone: string) {
  const outcome = ruleOf(draft, zone, Date.now());
  return 'rule' in outcome
    ? { rule: outcome.rule, fault: undefined }
    : { rule: undefined, ...outcome };
}

function isTimed({ kind, windows, until }: Draft): boolean {
  return kind === 'schedule' ? windows.length > 0 : until !== '';
}

function useSave(homeId: string, id: string | undefined, onClose: () => void) {
  const follow = useRuleDelivery();
  const t = useTranslations('rules');
  const queryClient = useQueryClient();
  return useGuarded(
    ({ kind, ...rule }: RuleAddition, confirm) =>
      id === undefined
        ? createRule(homeId, { kind, ...rule, ...confirm })
        : changeRule({ home_id: homeId, id }, { ...rule, ...confirm }),
    async (_saved, { person_id, device_id }) => {
      onClose();
      await refreshRules(queryClient);
      follow(
        { id: `rule ${id ?? homeId}`, scope: { home_id: homeId, person_id, device_id } },
        { working: t('saved'), done: t('doneByRouter'), decided: t('decided') },
      );
    },
  );
}

function Fields({
  draft,
  homeId,
  isNew,
  onChange,
}: {
  draft: Draft;
  homeId: string;
  isNew: boolean;
  onChange: (draft: Draft) => void;
}) {
  const t = useTranslations('rules');
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const { kind, access } = draft;
  return (
    <>
      {isNew && kind !== 'new_device' && (
        <Choice
          label={t('kind')}
          options={KINDS.map((value) => ({ value, text: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(chosen) => onChange(ofKind(draft, chosen))}
        />
      )}
      <p className="quiet">{t(`kindHints.${kind}`)}</p>
      {(kind === 'schedule' || kind === 'exception') && (
        <Field
          label={t('name')}
          placeholder={t('nameHint')}
          value={draft.name}
          maxLength={255}
          onChange={(name) => change({ name })}
        />
      )}
      <TargetChoice
        homeId={homeId}
        kind={kind}
        target={draft.target}
        onChange={(target) => change({ target })}
      />
      {kind !== 'pause' && (
        <Choice
          label={t('access')}
          options={ACCESSES.map((value) => ({ value, text: t(`accesses.${value}`) }))}
          value={access}
          onChange={(chosen) => change({ access: chosen })}
        />
      )}
      {access === 'limit' && (
        <div className="columns rules__pair">
          <MegabitField label={t('down')} typed={draft.down} onType={(down) => change({ down })} />
          <MegabitField label={t('up')} typed={draft.up} onType={(up) => change({ up })} />
        </div>
      )}
      {kind === 'schedule' && (
        <Windows windows={draft.windows} onChange={(windows) => change({ windows })} />
      )}
      {(kind === 'exception' || kind === 'pause') && <Span draft={draft} onChange={change} />}
    </>
  );
}

/** The same draft as another kind of rule. */
function ofKind(draft: Draft, kind: Draft['kind']): Draft {
  const access = kind === 'pause' ? 'block' : kind === 'exception' ? 'allow' : 'block';
  return { ...draft, kind, access };
}
