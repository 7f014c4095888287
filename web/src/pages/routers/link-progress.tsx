import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Circle, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem, api, unwrap } from '../../api/client.ts';
import { type PairingCode, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { routerLabel } from './choice.tsx';
import { likeliest } from './replace-dialog.tsx';

const STEPS = ['fetched', 'registered', 'connected', 'devices'] as const;
type Step = (typeof STEPS)[number];

/** After this time without a next step, what may be wrong is shown. */
const PATIENCE_MS = 30_000;

/** What to look at, if a step does not follow. */
const CHECKS = {
  fetched: ['pasted', 'onRouter', 'reaches', 'message'],
  registered: ['said', 'version', 'flash'],
  connected: ['port', 'log'],
  devices: ['quiet'],
} as const satisfies Record<Step, readonly string[]>;

/** The steps of linking as they happen, and what to check if the next one does not. */
export function LinkProgress({
  code,
  onAgain,
  onReplace,
}: {
  code: PairingCode;
  onAgain: () => void;
  onReplace: (id: string, old: string) => void;
}) {
  const t = useTranslations('routers');
  const queryClient = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['pairing-codes', code.id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/pairing-codes/{id}', { signal, params: { path: { id: code.id } } })),
    refetchInterval: ({ state: { data: progress, error: problem } }) =>
      (progress?.device_count ?? 0) > 0 || progress?.state === 'expired' || problem !== null
        ? false
        : 1_000,
  });
  // An expired code is deleted after a while.
  const isDeleted = error instanceof ApiProblem && error.status === 404;
  const state = isDeleted ? 'expired' : (data?.state ?? 'waiting');
  const hasDevices = state === 'connected' && (data?.device_count ?? 0) > 0;
  useEffect(() => {
    if (state !== 'waiting') void queryClient.invalidateQueries({ queryKey: ['routers'] });
  }, [state, queryClient]);
  if (state === 'expired') {
    return (
      <p role="alert">
        {t('expired')}{' '}
        <Button variant="quiet" onClick={onAgain}>
          {t('again')}
        </Button>
      </p>
    );
  }
  const done = hasDevices ? STEPS.length : state === 'waiting' ? 0 : STEPS.indexOf(state) + 1;
  const next = STEPS[done];
  return (
    <>
      <ol className="routers__steps" aria-live="polite">
        {STEPS.map((step, index) => (
          <StepRow
            key={step}
            step={step}
            place={index < done ? 'done' : index === done ? 'next' : 'later'}
          />
        ))}
      </ol>
      {next === undefined ? <Linked /> : <Hints key={next} step={next} code={code} />}
      {next === undefined && data?.router_id && (
        <ReplaceOffer id={data.router_id} onReplace={onReplace} />
      )}
    </>
  );
}

function Linked() {
  const t = useTranslations('routers');
  return (
    <>
      <p>{t('linked')}</p>
      <p>
        <Link to="/settings/alerts">{t('beTold')}</Link>
      </p>
    </>
  );
}

/** If another router is away, the new one may be there in its place. */
function ReplaceOffer({
  id,
  onReplace,
}: {
  id: string;
  onReplace: (id: string, old: string) => void;
}) {
  const t = useTranslations('routers.replace');
  const { data: routers = [] } = useQuery(routersQuery);
  const old = likeliest(routers.filter((router) => router.router_id !== id && router.is_active));
  if (old === undefined || old.is_connected) return null;
  return (
    <p>
      {t('offer', { name: routerLabel(old) })}{' '}
      <Button onClick={() => onReplace(id, old.router_id)}>{t('offerButton')}</Button>
    </p>
  );
}

const ICONS = { done: Check, next: LoaderCircle, later: Circle };

function StepRow({ step, place }: { step: Step; place: keyof typeof ICONS }) {
  const t = useTranslations('routers');
  const Icon = ICONS[place];
  return (
    <li data-done={place === 'done' || undefined}>
      <Icon aria-hidden className={place === 'next' ? 'icon routers__turning' : 'icon'} />
      <span>
        {t(`steps.${step}`)}{' '}
        {place !== 'later' && <span className="visually-hidden">{t(place)}</span>}
      </span>
    </li>
  );
}

/** Nothing at first: most steps follow within seconds. */
function Hints({ step, code }: { step: Step; code: PairingCode }) {
  const t = useTranslations('routers');
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const values = {
    service: new URL(location.href).host,
    place: `${code.routers_host}:${code.routers_port}`,
    port: String(code.routers_port),
  };
  return (
    <div role="status" className="routers__hints">
      {isLate && (
        <>
          <p>{t('late')}</p>
          <ul>
            {CHECKS[step].map((check) => (
              <li key={check}>{t(`checks.${check}`, values)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
