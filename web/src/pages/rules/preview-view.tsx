import { useTranslations } from 'use-intl';
import { type Access, useAccessText } from '../../access/text.ts';
import { useMomentText } from '../../homes/time.tsx';
import { useProblemText } from '../../design/problem.ts';
import type { Preview } from './preview.ts';

const SHOWN = 6;

/** What a device gets at an instant. */
type Step = Pick<Access, 'access' | 'down_rate' | 'up_rate'>;
type Line = { id: string; name: string; at: string | null; before: Step; after: Step };

/** Who gets less and who gets more by a rule, and when first. */
export function PreviewView({
  preview,
  error,
  zone,
}: {
  preview: Preview | undefined;
  error: Error | null;
  zone: string;
}) {
  const t = useTranslations('rules');
  const problemText = useProblemText();
  const { less, more } = compare(preview);
  return (
    <section className="rules__preview" aria-label={t('preview')} aria-live="polite">
      <h3>{t('preview')}</h3>
      {error !== null && (
        <p className="field__error">
          {t('previewFailed')} {problemText(error)}
        </p>
      )}
      {error === null && preview === undefined && <p className="quiet">{t('thinking')}</p>}
      {preview !== undefined && less.length === 0 && more.length === 0 && (
        <p className="quiet">{t('nothing')}</p>
      )}
      {preview?.own_device && <p className="field__error">{t('ownIsOne')}</p>}
      <Side title={t('less', { count: less.length })} lines={less} zone={zone} variant="danger" />
      <Side title={t('more', { count: more.length })} lines={more} zone={zone} variant="good" />
    </section>
  );
}

function Side({
  title,
  lines,
  zone,
  variant,
}: {
  title: string;
  lines: readonly Line[];
  zone: string;
  variant: 'danger' | 'good';
}) {
  const t = useTranslations('rules');
  const momentText = useMomentText();
  const access = useTranslations('access');
  const { speed } = useAccessText();
  if (lines.length === 0) return undefined;
  const words = (step: Step) => speed(step) || access(step.access);
  return (
    <div>
      <h4 className={`rules__side--${variant}`}>{title}</h4>
      <ul className="rules__lines">
        {lines.slice(0, SHOWN).map(({ id, name, at, before, after }) => (
          <li key={id}>
            <span className="name">{name}</span>
            <span className="quiet">
              {at === null ? t('fromNow') : momentText(at, zone)}
              {': '}
              {t('fromTo', { before: words(before), after: words(after) })}
            </span>
          </li>
        ))}
        {lines.length > SHOWN && (
          <li className="quiet">{t('andMore', { count: lines.length - SHOWN })}</li>
        )}
      </ul>
    </div>
  );
}

function compare(preview: Preview | undefined): { less: Line[]; more: Line[] } {
  const less: Line[] = [];
  const more: Line[] = [];
  for (const device of preview?.devices ?? []) {
    const line = { id: device.device_id, name: device.name, ...differenceOf(device) };
    if (freedom(line.after) < freedom(line.before)) less.push(line);
    else more.push(line);
  }
  return { less, more };
}

/** The first difference that a rule makes for a device: now, or at the first switch that is not as it would have been. */
function differenceOf({
  now,
  then,
  changes,
}: Preview['devices'][number]): Pick<Line, 'at' | 'before' | 'after'> {
  if (!isSame(now, then)) return { at: null, before: now, after: then };
  const [first, second, third] = changes;
  const { next } = now;
  // What was planned does not come, or comes later.
  if (next !== null && (first === undefined || first.at > next.at))
    return { at: next.at, before: next, after: then };
  if (first !== undefined && next !== null && first.at === next.at) {
    if (!isSame(first, next)) return { at: first.at, before: next, after: first };
    // The first switch was planned already, and so its end.
    const other = third ?? second ?? first;
    return { at: other.at, before: then, after: other };
  }
  return { at: first?.at ?? null, before: then, after: first ?? then };
}

function isSame(one: Step, other: Step): boolean {
  return (
    one.access === other.access &&
    one.down_rate === other.down_rate &&
    one.up_rate === other.up_rate
  );
}

/** How much an access gives. */
function freedom({ access, down_rate, up_rate }: Step): number {
  if (access === 'block') return 0;
  if (access === 'allow') return Infinity;
  return Math.min(down_rate ?? 10 ** 13, up_rate ?? 10 ** 13);
}
