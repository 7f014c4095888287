import { QUOTAS } from '../database/quotas.ts';
import type { JsonObject, JsonValue } from '../database/schema.generated.ts';

/** The details with each member at most 4 KB of JSON: the audit is kept for ever. Longer ones become a text that says so. */
export function cutDetails(details: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      value === undefined ? value : cut(value),
    ]),
  );
}

function cut(value: JsonValue): JsonValue {
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes <= QUOTAS.audit_detail_bytes) return value;
  const note = `… (cut, ${bytes} bytes)`;
  // What it begins with, and room for the quotation marks that JSON escapes once more.
  const kept = Buffer.from(text).subarray(0, (QUOTAS.audit_detail_bytes - note.length) / 4);
  return kept.toString('utf8').replace(/\uFFFD+$/, '') + note;
}
