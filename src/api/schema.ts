import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import { IsDateTime, Set as setFormat } from 'typebox/format';
import { parseAddress } from '../parse-address.ts';
import { parseMac } from '../parse-mac.ts';
import type { JsonValue } from '../database/schema.generated.ts';

/**
 * Formats beyond TypeBox's own, with what errors say was expected. Registered beside the schemas that
 * name them: TypeBox accepts any text for a format that it does not know.
 */
export const FORMATS: Record<string, { check: (text: string) => boolean; expected: string }> = {
  ip: {
    check: (text) => parseAddress(text) !== undefined,
    expected: 'an IPv4 or IPv6 address',
  },
  mac: {
    check: (text) => parseMac(text) !== undefined,
    expected: 'a MAC address such as 9a:8d:bc:e0:52:41',
  },
  'date-time': {
    check: isTimestamp,
    expected: 'a time such as 2025-06-06T12:16:45.013710Z',
  },
  timezone: {
    check: isTimezone,
    expected: 'a time zone of the IANA database, such as Europe/Berlin',
  },
};
for (const [name, { check }] of Object.entries(FORMATS)) setFormat(name, check);

/** A point in time, RFC 3339 in UTC with microseconds. */
export const Timestamp = (description?: string) =>
  Type.String({ format: 'date-time', ...(description !== undefined && { description }) });

/** The same, or null. One schema with two types: a union would cost a validation for each value serialized. */
export const Nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [Reflect.get(schema, 'type'), 'null'] });

export const IpAddress = Type.String({
  format: 'ip',
  description:
    'An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.',
});

/** The same without a zone: what PostgreSQL's inet takes, and what names a device. */
export const IpAddressWithoutZone = Type.String({ ...IpAddress, pattern: '^[^%]*$' });

export const MacAddress = Type.String({ format: 'mac', description: 'Such as 9a:8d:bc:e0:52:41.' });

/** A router's id, chosen by its agent. */
export const RouterId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "The id chosen by the router's agent.",
});

export const Id = Type.String({ format: 'uuid' });

/** What paths hold: an id, a home or a router, or a thing of one. */
export const IdParams = Type.Object({ id: Id });
export const HomeParams = Type.Object({ home_id: Id });
export const HomeThingParams = Type.Object({ home_id: Id, id: Id });
export const RouterParams = Type.Object({ router_id: RouterId });
export const RouterThingParams = Type.Object({ router_id: RouterId, id: Id });

/** An object from a caller: fields that the schema does not have are refused. */
export const Strict = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

/** One of these texts; its type is text, as the database has it. */
export const OneOf = (values: string[], options: { description: string }) =>
  Type.Unsafe<string>(Type.Enum(values, options));

/** The same, or null. */
export const NullableOneOf = (values: string[], options: { description: string }) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], enum: [...values, null], ...options });

/** A name that a person types: no control characters, not blank. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$',
});

/** The responses that any route of the API can send besides its own. */
export const problems = {
  400: Type.Ref('Problem'),
  401: Type.Ref('Problem'),
  403: Type.Ref('Problem'),
  404: Type.Ref('Problem'),
  409: Type.Ref('Problem'),
  412: Type.Ref('Problem'),
  429: Type.Ref('Problem'),
  503: Type.Ref('Problem'),
};

/** Any JSON value, unchanged. */
export const Json = Type.Unsafe<JsonValue>({ description: 'Any JSON value.' });

/** RFC 3339 without what PostgreSQL refuses: year 0, offsets of 16 hours and more, a zone in brackets. */
function isTimestamp(text: string): boolean {
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
