import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { Checkbox, DropZone, FileTrigger, Text, isFileDropItem } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { routersQuery } from '../api/queries.ts';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/choice.tsx';
import { Field } from '../design/field.tsx';
import { ProblemNotice, Skeleton } from '../design/notice.tsx';
import './page.css';
import { ReportView } from './report-view.tsx';
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
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const preview = useMutation({ mutationFn: () => upload(options, true) });
  const run = useMutation({
    mutationFn: () => upload(options, false),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const take = (more: readonly File[]) => {
    // The same name again is the same file, chosen anew.
    setFiles([...files.filter(({ name }) => !more.some((file) => file.name === name)), ...more]);
    preview.reset();
    run.reset();
  };
  const failed = run.error ?? preview.error;
  const report = run.data ?? preview.data;

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
            void Promise.all(items.filter(isFileDropItem).map((item) => item.getFile())).then(take);
          }}
        >
          <Upload aria-hidden className="icon" />
          <Text slot="label">{t('drop')}</Text>
          <FileTrigger allowsMultiple onSelect={(list) => take([...(list ?? [])])}>
            <Button>{t('choose')}</Button>
          </FileTrigger>
          <p className="quiet">{t('secrets')}</p>
        </DropZone>
        {files.length > 0 && (
          <ul className="import__files">
            {files.map(({ name }) => (
              <li key={name} className="badge">
                {name}
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
            onChange={setRouterId}
          />
          {chosen === NEW_ROUTER && (
            <Field label={t('newId')} value={newId} maxLength={255} onChange={setNewId} />
          )}
        </div>
        <Checkbox className="import__check" isSelected={skipInvalid} onChange={setSkipInvalid}>
          <span className="check">
            <span className="check__box" />
          </span>
          {t('skipInvalid')}
        </Checkbox>
        <div className="dialog__actions">
          <Button
            isDisabled={files.length === 0 || preview.isPending || run.isPending}
            onPress={() => {
              run.reset();
              preview.mutate();
            }}
          >
            {t('preview')}
          </Button>
          <Button
            look="primary"
            isDisabled={!preview.isSuccess || run.isPending || run.isSuccess}
            onPress={() => run.mutate()}
          >
            {t('confirm')}
          </Button>
        </div>
      </section>
      {failed && <ProblemNotice error={failed} />}
      {report && <ReportView report={report} />}
    </div>
  );
}
