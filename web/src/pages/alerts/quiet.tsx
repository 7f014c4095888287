import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Preferences, Wish } from '../../api/alert-queries.ts';
import type { Home } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { useProblemText } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import '../rules/form.css';
import { dayText } from '../rules/sentence.ts';
import { useWords } from '../rules/when.ts';
import { Windows } from '../rules/windows.tsx';
import { useSettledZone } from '../rules/zone.ts';
import { KindsChoice } from './kinds-choice.tsx';
import { kindsFor } from './kinds.ts';
import { useSavePreferences, wishOf } from './use-preferences.ts';

const NEVER = 'never';
const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** When nothing comes, what comes all the same, and when the digest of the week does. */
export function Quiet({ home, preferences }: { home: Home; preferences: Preferences }) {
  const t = useTranslations();
  const problemText = useProblemText();
  const before = wishOf(preferences);
  const [wish, setWish] = useState(before);
  const save = useSavePreferences(home.id);
  const change = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  const { quiet_hours, let_through, digest } = wish;
  const isSame =
    JSON.stringify([quiet_hours, let_through, digest]) ===
    JSON.stringify([before.quiet_hours, before.let_through, before.digest]);
  const isIncomplete = quiet_hours.some(({ days }) => days.length === 0);
  return (
    <section className="card">
      <h2>{t('alerts.quiet.title')}</h2>
      <Now home={home} preferences={preferences} />
      <Windows
        legend={t('alerts.quiet.when')}
        none={t('alerts.quiet.none')}
        first={NIGHT}
        windows={quiet_hours}
        onChange={(windows) => change({ quiet_hours: [...windows] })}
      />
      {quiet_hours.length > 0 && (
        <>
          <ZoneOf home={home} />
          <KindsChoice
            legend={t('alerts.quiet.letThrough')}
            none={t('alerts.quiet.letNothing')}
            role={home.role}
            wanted={kindsFor(home.role).filter((kind) => let_through.includes(kind))}
            onChange={(kinds) => change({ let_through: [...kinds] })}
          />
        </>
      )}
      {home.role !== 'child' && (
        <Digest digest={digest} onChange={(chosen) => change({ digest: chosen })} />
      )}
      {save.isError && (
        <p role="alert" className="field__error">
          {problemText(save.error)}
        </p>
      )}
      <div className="dialog__actions">
        <Button
          variant="primary"
          disabled={isSame || isIncomplete || save.isPending}
          onClick={() =>
            save.mutate(
              { quiet_hours, let_through, digest },
              { onSuccess: () => showToast({ text: t('settings.saved') }) },
            )
          }
        >
          {t('action.save')}
        </Button>
      </div>
    </section>
  );
}

/** A night, to begin with. */
const NIGHT = { days: DAYS, from: '22:00', to: '07:00' };

/** Whether quiet hours hold, and what waits for their end. */
function Now({
  home,
  preferences: { quiet_until, held },
}: {
  home: Home;
  preferences: Preferences;
}) {
  const t = useTranslations('alerts.quiet');
  const momentText = useMomentText();
  if (quiet_until === null) return <p className="quiet">{t('hint')}</p>;
  const until = momentText(quiet_until, zoneOf(home));
  return <p>{t('now', { until, count: held })}</p>;
}

/** A home without a zone gets that of the browser of somebody who may say so; others are told that it has none. */
function ZoneOf({ home }: { home: Home }) {
  const t = useTranslations('alerts.quiet');
  const { canChange } = useRights();
  if (home.timezone !== null) return undefined;
  return canChange ? <Settled home={home} /> : <p className="quiet">{t('noZone')}</p>;
}

function Settled({ home }: { home: Home }) {
  useSettledZone(home);
  return undefined;
}

function Digest({
  digest,
  onChange,
}: {
  digest: Wish['digest'];
  onChange: (digest: Wish['digest']) => void;
}) {
  const t = useTranslations('alerts.quiet');
  const words = useWords();
  return (
    <div className="alerts__digest">
      <Choice
        label={t('digest')}
        options={[
          { value: NEVER, text: t('noDigest') },
          ...DAYS.map((day) => ({ value: String(day), text: dayText(words, day, 'long') })),
        ]}
        value={digest === null ? NEVER : String(digest.day)}
        onChange={(day) =>
          onChange(day === NEVER ? null : { day: Number(day), time: digest?.time ?? '18:00' })
        }
      />
      {digest !== null && (
        <label className="field">
          <span className="field__label">{t('digestAt')}</span>
          <input
            className="input"
            type="time"
            required
            value={digest.time}
            onChange={({ target }) => {
              if (target.value !== '') onChange({ ...digest, time: target.value.slice(0, 5) });
            }}
          />
        </label>
      )}
    </div>
  );
}
