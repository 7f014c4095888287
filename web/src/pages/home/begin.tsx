import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { useRights } from '../../homes/current.ts';

const STEPS = [
  { name: 'link', to: '/routers', isDone: ({ routers }: Home) => routers > 0 },
  { name: 'people', to: '/people', isDone: ({ people }: Home) => people > 0 },
  { name: 'newDevices', to: '/rules', isDone: ({ new_devices }: Home) => new_devices.is_chosen },
] as const;

/** The three steps with which a home begins, ticked off as they are done; nothing when all are. */
export function Begin({ home, isFirst = false }: { home: Home; isFirst?: boolean }) {
  const t = useTranslations('home');
  const { canChange, isOwner } = useRights();
  const next = STEPS.find(({ isDone }) => !isDone(home));
  if (next === undefined || !canChange) return isFirst ? <NothingHere /> : undefined;
  if (!isFirst) return <NextStep number={STEPS.indexOf(next) + 1} {...next} />;
  const steps = (
    <ol className="home__steps">
      {STEPS.map((step, index) => (
        <Step
          key={step.name}
          number={index + 1}
          {...step}
          isDone={step.isDone(home)}
          isNext={step === next}
        />
      ))}
    </ol>
  );
  return (
    <>
      <Empty drawing="home" heading="h1" title={t('welcome')} action={steps}>
        {t('welcomeHint')}
      </Empty>
      {isOwner && (
        <p className="quiet home__hints">
          {t('demoHint')} <code>./run --demo</code> ·{' '}
          <Link to="/settings/data/import">{t('import')}</Link>
        </p>
      )}
    </>
  );
}

type StepName = (typeof STEPS)[number];

function Step({
  number,
  name,
  to,
  isDone,
  isNext,
}: Pick<StepName, 'name' | 'to'> & { number: number; isDone: boolean; isNext: boolean }) {
  const t = useTranslations('home');
  const { isOwner } = useRights();
  return (
    <li {...(isDone && { 'data-done': '' })}>
      <span className="home__step" aria-hidden>
        {isDone ? <CircleCheck /> : number}
      </span>
      <span className="rows__main">
        <span className="home__name">
          {t(`steps.${name}.title`)}
          {isDone && <span className="visually-hidden"> · {t('done')}</span>}
        </span>
        {!isDone && <span className="quiet home__small">{t(`steps.${name}.why`)}</span>}
      </span>
      {!isDone && (name !== 'link' || isOwner) && (
        <Link to={to} className={buttonClass(isNext ? 'primary' : 'plain')}>
          {t(`steps.${name}.do`)}
        </Link>
      )}
    </li>
  );
}

/** What is left of the beginning, once there is a router: one line. */
function NextStep({ number, name, to }: Pick<StepName, 'name' | 'to'> & { number: number }) {
  const t = useTranslations('home');
  return (
    <section className="home__next">
      <span className="home__step" aria-hidden>
        {number}
      </span>
      <span className="rows__main">
        <h2 className="home__name">{t(`steps.${name}.title`)}</h2>
        <span className="quiet home__small">
          {t('step', { number, count: STEPS.length })} {t(`steps.${name}.why`)}
        </span>
      </span>
      <Link to={to} className={buttonClass('plain')}>
        {t(`steps.${name}.do`)}
      </Link>
    </section>
  );
}

function NothingHere() {
  const t = useTranslations('home');
  return (
    <Empty drawing="home" heading="h1" title={t('welcome')}>
      {t('noRouter')}
    </Empty>
  );
}
