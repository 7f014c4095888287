import { HIGHEST_CELL } from '../secret-cell.ts';
import type { DatabaseAddress } from './database-address.ts';
import { addressFromUrl } from './database.ts';
import type { Reader } from './reader.ts';

/** Which of several cells this is, and where the directory of who lives in which one is. */
export type CellConfig = {
  number: number;
  directory: DatabaseAddress;
  /** The database of the cell that people are moved to. */
  target?: DatabaseAddress | undefined;
};

/** Undefined: there are no cells. */
export function parseCell(reader: Reader): CellConfig | undefined {
  const [hasCell, url] = [reader.isSet('CELL'), reader.text('DIRECTORY_URL')];
  const targetUrl = reader.text('TARGET_DATABASE_URL');
  if (!hasCell && url === undefined && targetUrl === undefined) return undefined;
  const target = targetUrl && addressFromUrl('TARGET_DATABASE_URL', targetUrl, reader);
  const number = hasCell
    ? reader.integer('CELL', { least: 1, most: HIGHEST_CELL, otherwise: 1 })
    : reader.required('CELL', 'the number of this cell, as DIRECTORY_URL is set');
  const directory =
    url === undefined
      ? reader.required('DIRECTORY_URL', 'the database of the directory, as CELL is set')
      : addressFromUrl('DIRECTORY_URL', url, reader);
  // With either missing the configuration has failed.
  return typeof number === 'string' || typeof directory === 'string'
    ? undefined
    : { number, directory, target: target || undefined };
}
