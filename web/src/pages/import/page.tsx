import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Router, routersQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { ProblemNotice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { timeZone } from '../../texts/time-zone.ts';
import { SettingsFrame } from '../settings/frame.tsx';
import { FileDrop } from './file-drop.tsx';
import { type Draft, ImportOptions, NEW_ROUTER } from './options.tsx';
import './page.css';
import { ReportView } from './report-view.tsx';
import { upload } from './upload.ts';

/** Imports files of the old program or an export: choose them, preview the import, confirm it. */
export function ImportPage() {
  const t = useTranslations('import');
  const routers = useQuery(routersQuery);
  return (
    <SettingsFrame section="data" title={t('title')}>
      {routers.isPending && <Skeleton height={420} />}
      <QueryProblem queries={[routers]} />
      {routers.data && <ImportForm routers={routers.data} />}
    </SettingsFrame>
  );
}

function ImportForm({ routers }: { routers: readonly Router[] }) {
  const t = useTranslations('import');
  const [draft, setDraft] = useState<Draft>({ files: [], newId: 'home', skipInvalid: false });
  // Of several routers the person says which one; a wrong guess would mix two networks.
  const routerId =
    draft.routerId ?? (routers.length < 2 ? (routers[0]?.router_id ?? NEW_ROUTER) : undefined);
  const { preview, run } = useImport({
    files: draft.files,
    routerId: routerId === NEW_ROUTER ? draft.newId : (routerId ?? ''),
    skipInvalid: draft.skipInvalid,
    timezone: timeZone(),
  });
  const change = (changed: Partial<Draft>) => {
    setDraft({ ...draft, ...changed });
    // A report about other files or options is not about these.
    preview.reset();
    run.reset();
  };
  const isRunning = preview.isPending || run.isPending;
  const missing =
    draft.files.length === 0
      ? 'files'
      : routerId === undefined
        ? 'router'
        : preview.data === undefined
          ? 'preview'
          : preview.data.outcome === 'dry run'
            ? undefined
            : 'records';
  return (
    <>
      <section className="card">
        <FileDrop files={draft.files} onChange={(files) => change({ files })} />
        <ImportOptions
          draft={{ ...draft, ...(routerId !== undefined && { routerId }) }}
          routers={routers}
          onChange={change}
        />
        {/* Why the button beside it cannot be pressed: a button that is off says nothing. */}
        {missing !== undefined && !isRunning && (
          <p id="import-missing" className="quiet">
            {t(`missing.${missing}`)}
          </p>
        )}
        <div className="dialog__actions">
          <Button
            disabled={missing === 'files' || missing === 'router' || isRunning}
            onClick={() => {
              run.reset();
              preview.mutate();
            }}
          >
            {t('preview')}
          </Button>
          <Button
            variant="primary"
            disabled={missing !== undefined || isRunning || run.isSuccess}
            aria-describedby={missing === undefined ? undefined : 'import-missing'}
            onClick={() => run.mutate()}
          >
            {t('confirm')}
          </Button>
        </div>
      </section>
      {isRunning ? <Skeleton height={240} /> : <Result {...(run.isIdle ? preview : run)} />}
    </>
  );
}

type ImportMutation = ReturnType<typeof useImport>['run'];

/** What the last preview or import did. */
function Result({ error, data: report }: Pick<ImportMutation, 'error' | 'data'>) {
  const t = useTranslations('import');
  if (error) return <ProblemNotice error={error} />;
  if (!report) return undefined;
  return (
    <>
      <ReportView report={report} />
      {report.outcome === 'imported' && (
        <Link to="/devices" className={buttonClass('plain')}>
          {t('toDevices')}
        </Link>
      )}
    </>
  );
}

function useImport(options: Parameters<typeof upload>[0]) {
  const queryClient = useQueryClient();
  const preview = useMutation({ mutationFn: () => upload(options, true) });
  const run = useMutation({
    mutationFn: () => upload(options, false),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return { preview, run };
}
