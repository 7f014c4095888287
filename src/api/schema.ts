import { isIP } from 'node:net';
import { type Static, type TSchema, Type } from 'typebox';
import { IsDateTime, Set as setFormat } from 'typebox/format';
import type { JsonValue } from '../database/schema.generated.ts';

/**
 * Formats beyond TypeBox's own, with the words an error uses for them. Registered beside the schemas that
 * name them: TypeBox lets any text through under a format that it doesn't know.
 */
export const FORMATS: Record<string, { check: (text: string) => boolean; expected: string }> = {
  ip: {
    check: (text) => isIP(text) !== 0 && !text.includes('%'),
    expected: 'an IPv4 or IPv6 address',
  },
  mac: {
    check: (text) => /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}$/i.test(text),
    expected: 'a MAC address such as 9a:8d:bc:e0:52:41',
  },
  'date-time': {
    check: isMoment,
    expected: 'a moment such as 2025-06-06T12:16:45.013710Z',
  },
  timezone: {
    check: isTimezone,
    expected: 'a time zone of the IANA database, such as Europe/Berlin',
  },
};
for (const [name, { check }] of Object.entries(FORMATS)) setFormat(name, check);

/** A moment, RFC 3339 in UTC with microseconds. */
export const Timestamp = (description?: string) =>
  Type.String({ format: 'date-time', ...(description !== undefined && { description }) });

/** The same, or null. As one type of two names: a union would cost a validation for each value written out. */
export const Nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [Reflect.get(schema, 'type'), 'null'] });

export const IpAddress = Type.String({ format: 'ip', description: 'An IPv4 or IPv6 address.' });

export const MacAddress = Type.String({ format: 'mac', description: 'As 9a:8d:bc:e0:52:41.' });

/** A router's id, as its agent gave it. */
export const RouterId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "The id that the router's agent gave.",
});

export const Id = Type.String({ format: 'uuid' });

/** A name somebody types: no control characters, and not blank. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$',
});

/** The answers that any route of the API can give besides its own. */
export const problems = {
  400: Type.Ref('Problem'),
  401: Type.Ref('Problem'),
  404: Type.Ref('Problem'),
  409: Type.Ref('Problem'),
  412: Type.Ref('Problem'),
  429: Type.Ref('Problem'),
  503: Type.Ref('Problem'),
};

/** Any JSON value, as it stands. */
export const Json = Type.Unsafe<JsonValue>({ description: 'Any JSON value.' });

/** RFC 3339, without what PostgreSQL refuses: a year 0, an offset of 16 hours and more, a zone in brackets. */
function isMoment(text: string): boolean {
  return IsDateTime(text) && /^(?!0000).*(z|[+-](0\d|1[0-5]):\d\d)$/i.test(text);
}

/** Whether the IANA database has a zone of this name. */
export function isTimezone(text: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
