import type { JsonValue } from '../database/schema.generated.ts';
import { type Static, type TSchema, Type } from 'typebox';

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
