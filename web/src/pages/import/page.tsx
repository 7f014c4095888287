import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Upload, X } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, DropZone, FileTrigger, Text } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { routersQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Field } from '../../design/field.tsx';
import { ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { timeZone } from '../../texts/time-zone.ts';
import './page.css';
import { ReportView } from './report-view.tsx';
import { filesOf } from './dropped.ts';
import { type Options, upload } from './upload.ts';

const NEW_ROUTER = '';

/** The old program's files: dropped, looked at, confirmed. */
export function ImportPage() {
  const t = useTranslations('import');
  const queryClient = useQueryClient();
  const { data: routers = [], ...known } = useQuery(routersQuery);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [routerId, setRouterId] = useState<string>();
  const [newId, setNewId] = useState('home');
  const [skipInvalid, setSkipInvalid] = useState(false);
  const chosen = routerId ?? routers[0]?.router_id ?? NEW_ROUTER;
  const options: Options = {
    files,
    routerId: chosen === NEW_ROUTER ? newId : chosen,
    skipInvalid,
    timezone: timeZone(),
  };
  const preview = useMutation({ mutationFn: () => upload(options, true) });
  const run = useMutation({
    mutationFn: () => upload(options, false),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  /** For another handler: what a preview said of other files or choices says nothing of these. */
  const anew =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      preview.reset();
      run.reset();
    };
  const setAll = anew(setFiles);
  const take = (more: readonly File[]) =>
    // The same name again is the same file, chosen anew.
    setAll([...files.filter(({ name }) => !more.some((file) => file.name === name)), ...more]);
  const failed = run.error ?? preview.error;
  const report = run.data ?? preview.data;
  const isAtWork = preview.isPending || run.isPending;

  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      {known.isPending && <Skeleton height={420} />}
      {known.isError && <ProblemNotice error={known.error} onRetry={() => void known.refetch()} />}
      <section className="card" hidden={!known.isSuccess}>
        <DropZone
          className="import__zone"
          onDrop={({ items }) => {
            void filesOf(items).then(take);
          }}
        >
          <Upload aria-hidden className="icon" />
          <Text slot="label">{t('drop')}</Text>
          <FileTrigger allowsMultiple onSelect={(list) => take([...(list ?? [])])}>
            <AriaButton className={buttonClass('plain')}>{t('choose')}</AriaButton>
          </FileTrigger>
          <p className="quiet">{t('secrets')}</p>
        </DropZone>
        {files.length > 0 && (
          <ul className="import__files">
            {files.map(({ name }) => (
              <li key={name} className="badge">
                <span className="name">{name}</span>
                <AriaButton
                  className="import__remove"
                  aria-label={t('removeFile', { name })}
                  onPress={() => setAll(files.filter((file) => file.name !== name))}
                >
                  <X aria-hidden className="icon" />
                </AriaButton>
              </li>
            ))}
          </ul>
        )}
        <div className="import__options">
          <Choice
            label={t('router')}
            options={[
              ...routers.map(({ router_id, router_name }) => ({
                value: router_id,
                text: router_name ?? router_id,
              })),
              { value: NEW_ROUTER, text: t('newRouter') },
            ]}
            value={chosen}
            onChange={anew(setRouterId)}
          />
          {chosen === NEW_ROUTER && (
            <Field label={t('newId')} value={newId} maxLength={255} onChange={anew(setNewId)} />
          )}
        </div>
        <label className="import__check">
          <input
            type="checkbox"
            className="check"
            checked={skipInvalid}
            onChange={({ target }) => anew(setSkipInvalid)(target.checked)}
          />
          {t('skipInvalid')}
        </label>
        <p className="quiet">{t('zone', { zone: options.timezone })}</p>
        <div className="dialog__actions">
          <Button
            disabled={files.length === 0 || isAtWork}
            onClick={() => {
              run.reset();
              preview.mutate();
            }}
          >
            {t('preview')}
          </Button>
          <Button
            look="primary"
            disabled={preview.data?.outcome !== 'dry run' || isAtWork || run.isSuccess}
            onClick={() => run.mutate()}
          >
            {t('confirm')}
          </Button>
        </div>
      </section>
      {isAtWork && <Skeleton height={240} />}
      {!isAtWork && failed && <ProblemNotice error={failed} />}
      {!isAtWork && report && <ReportView report={report} />}
      {run.data?.outcome === 'imported' && (
        <Link to="/devices" className={buttonClass('plain')}>
          {t('toDevices')}
        </Link>
      )}
    </div>
  );
}
