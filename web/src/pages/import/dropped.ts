import { type DropItem, isDirectoryDropItem, isFileDropItem } from 'react-aria-components';

/** The files that were dropped, and those of dropped folders: the old program's data folder may come as it is. */
export async function filesOf(
  items: Iterable<DropItem> | AsyncIterable<DropItem>,
): Promise<File[]> {
  const files: File[] = [];
  for await (const item of items) {
    if (isFileDropItem(item)) files.push(await item.getFile());
    else if (isDirectoryDropItem(item)) files.push(...(await filesOf(item.getEntries())));
  }
  return files;
}
