import { DEEPEST, RECORD_LIMIT } from '../limits.ts';
import { type Remark, remark } from '../problem.ts';
import { isUtf16, readableBytes } from './bytes.ts';
import { isDeeperThan, isFields } from './record.ts';
import { mayHoldSecret } from './secrets.ts';
import { errorMessage } from '../../error-message.ts';

/** A larger file is not a configuration, in bytes. */
export const LARGEST_DOCUMENT = RECORD_LIMIT;

/** What a small configuration file says; with a reason, if that is not JSON. */
export type DocumentText = { text: string; reason: Remark | undefined };

/** Reads a configuration file. Gives undefined if it holds tables in spite of its name. */
export function readDocument(name: string, bytes: Buffer): DocumentText | undefined {
  const text = readableBytes(bytes).replace(/^\uFEFF/, '');
  if (text.trim() === '') return { text: '', reason: undefined };
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeperThan(value, DEEPEST))
      return { text, reason: remark('too_deep', { limit: DEEPEST }) };
    return holdsTables(name, value) ? undefined : { text, reason: undefined };
  } catch (error) {
    return { text, reason: notJson(bytes, text, error) };
  }
}

/** What JSON.parse says quotes the text: not if that could hold a secret. */
function notJson(bytes: Uint8Array, text: string, error: unknown): Remark {
  if (isUtf16(bytes)) return remark('utf16');
  const detail = mayHoldSecret(text) ? 'it holds a secret, and is not shown' : errorMessage(error);
  return remark('not_json', { detail });
}

/** The fields by which the configuration of a list is known. */
const LIST_FIELDS = new Set(['Wan_Interface', 'Limit_Rate', 'Full_Rate']);

/** Tables of entries under the name of a configuration: objects or lists within the object. */
function holdsTables(name: string, value: unknown): boolean {
  if (!/^(white|black)list\.json$/i.test(name)) return false;
  if (Array.isArray(value)) return true;
  if (!isFields(value) || Object.keys(value).some((field) => LIST_FIELDS.has(field))) return false;
  return Object.values(value).some((inner) => typeof inner === 'object' && inner !== null);
}
