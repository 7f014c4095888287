import { Upload, X } from 'lucide-react';
import {
  type DropItem,
  Button,
  DropZone,
  FileTrigger,
  Text,
  isDirectoryDropItem,
  isFileDropItem,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../design/button.tsx';

/** Takes files by drop or from a file dialog, and lists them. A file replaces one of the same name. */
export function FileDrop({
  files,
  onChange,
}: {
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
}) {
  const t = useTranslations('import');
  const add = (added: readonly File[]) =>
    onChange([...files.filter(({ name }) => !added.some((file) => file.name === name)), ...added]);
  return (
    <>
      <DropZone
        className="import__zone"
        onDrop={({ items }) => {
          void filesIn(items).then(add);
        }}
      >
        <Upload aria-hidden className="icon" />
        <Text slot="label">{t('drop')}</Text>
        <FileTrigger allowsMultiple onSelect={(list) => add([...(list ?? [])])}>
          <Button className={buttonClass('plain')}>{t('choose')}</Button>
        </FileTrigger>
        <p className="quiet">{t('secrets')}</p>
      </DropZone>
      {files.length > 0 && (
        <ul className="import__files">
          {files.map(({ name }) => (
            <li key={name} className="badge">
              <span className="name">{name}</span>
              <Button
                className="import__remove"
                aria-label={t('removeFile', { name })}
                onPress={() => onChange(files.filter((file) => file.name !== name))}
              >
                <X aria-hidden className="icon" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The dropped files, and those in dropped folders. */
async function filesIn(items: Iterable<DropItem> | AsyncIterable<DropItem>): Promise<File[]> {
  const files: File[] = [];
  for await (const item of items) {
    if (isFileDropItem(item)) files.push(await item.getFile());
    else if (isDirectoryDropItem(item)) files.push(...(await filesIn(item.getEntries())));
  }
  return files;
}
