import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';
import { addNote, type Import } from './context.ts';
import { countDocument, type Documents, settleDocuments } from './documents.ts';
import { type LegacyItem, parseRecord } from './legacy/record.ts';
import type { Message } from './messages.ts';
import { remark } from './problem.ts';
import { stageRow } from './restore.ts';
import { isHistory, type SourceFile } from './source.ts';
import { settleRowBlocks, stageItem } from './stage-records.ts';

/** The file that is being read, and what came of it so far. */
type Place = { file: SourceFile; items: number; isDocument: boolean };

/**
 * Brings what the reading process says of each file into the staging tables. Throws InvalidInputError for a
 * file that cannot be read at all.
 * @param onProgress gets the bytes read, and those of all files
 */
export async function stageFiles(
  context: Import,
  messages: AsyncIterable<Message>,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { files } = context.source;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const documents: Documents = new Map();
  let place: Place | undefined;
  let done = 0;
  const leave = () => {
    if (place === undefined) return;
    const { file, items, isDocument } = place;
    if (items === 0 && !isDocument) addNote(context, file.name, remark('empty_file'));
    done += file.size;
    onProgress(done, total);
  };
  try {
    for await (const message of messages) {
      if (message.kind === 'file') {
        leave();
        place = enter(context, message.name);
      } else if (place !== undefined) {
        if (message.kind === 'read') onProgress(done + message.bytes, total);
        else stageMessage(context, documents, place, message);
        await context.staging.flush();
      }
    }
    leave();
    settleDocuments(context, documents);
    settleRowBlocks(context);
    await context.staging.finish();
  } catch (error) {
    throw explainUnstorable(place, error);
  }
}

function enter(context: Import, name: string): Place {
  const file = context.source.files.find((known) => known.name === name);
  if (file === undefined) throw new RangeError(`the import has no file ${name}`);
  if (isHistory(context.source, name)) addNote(context, name, remark('history'));
  return { file, items: 0, isDocument: false };
}

function stageMessage(context: Import, documents: Documents, place: Place, message: Message): void {
  const { name, kind } = place.file;
  if (message.kind === 'document') {
    const { text, reason } = message;
    place.isDocument = true;
    const found = countDocument(context, name, text, reason && remark(reason.code, reason.values));
    documents.set(name.toLowerCase(), found);
    return;
  }
  const stage = kind === 'export' ? stageRow : stageItem;
  for (const item of itemsOf(message, kind)) {
    place.items += 1;
    stage(context, name, item);
  }
}

/** What a message says as a reader of files gives it. */
function* itemsOf(message: Message, kind: SourceFile['kind']): Generator<LegacyItem> {
  if (message.kind === 'table') yield { kind: 'table', table: message.table };
  if (message.kind === 'unreadable') {
    const { code, values } = message.reason;
    yield { ...message, reason: remark(code, values) };
  }
  if (message.kind !== 'records') return;
  const { table, records } = message;
  for (const [key, text] of records) {
    // Rows of an export stay texts: PostgreSQL parses them.
    const value = kind === 'export' && key !== '' ? undefined : parseRecord(text);
    yield { kind: 'record', table, key, value, text };
  }
}

/** Class 22 is data that PostgreSQL cannot store: a row of an export that is too long to be parsed here, for example. */
function explainUnstorable(place: Place | undefined, error: unknown): unknown {
  if (place === undefined || errorCode(error)?.startsWith('22') !== true) return error;
  const { name } = place.file;
  return new InvalidInputError(
    [{ field: name, expected: 'records that can be stored' }],
    `${name} has something that cannot be stored, nothing was imported: ${errorMessage(error)}.`,
  );
}
