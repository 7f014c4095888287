import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { type FieldError, InvalidInputError } from '../errors.ts';
import { FORMATS } from './schema.ts';

type Mismatch = { path: string; expected: string };

type SchemaError = { keyword: string; instancePath: string; params: object; message: string };

/**
 * Checks input against the route's schema. Only texts from the URL and the headers are
 * converted (`limit=50` is a number); a body must be valid as it is.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (input: unknown) => {
    const value = httpPart === 'body' ? input : Value.Convert(schema, Value.Default(schema, input));
    if (compiled.Check(value)) {
      const unstorable = findUnstorable(value, '');
      return unstorable.length === 0 ? { value } : { error: new InvalidInputError(unstorable) };
    }
    return { error: new InvalidInputError(fieldErrorsOf(compiled.Errors(value), value)) };
  };
};

/** One entry for each invalid field: its name, its value and what was expected. */
function fieldErrorsOf(errors: readonly SchemaError[], input: unknown): FieldError[] {
  const fields = new Map<string, FieldError>();
  for (const error of errors) {
    for (const { path, expected } of mismatchesOf(error)) {
      const field = path.slice(1).replaceAll('/', '.');
      const known = fields.get(field);
      const value = valueAt(input, path);
      // If null was also allowed, what else was expected says more.
      if (known === undefined || known.expected === 'null')
        fields.set(field, { field, ...(value !== undefined && { value }), expected });
    }
  }
  return [...fields.values()];
}

function mismatchesOf({ keyword, instancePath, params, message }: SchemaError): Mismatch[] {
  switch (keyword) {
    case 'required':
      return list(params, 'requiredProperties').map((name) =>
        at(`${instancePath}/${name}`, 'a value'),
      );
    case 'additionalProperties':
      return list(params, 'additionalProperties').map((name) =>
        at(`${instancePath}/${name}`, 'no such field'),
      );
    case 'boolean':
    case 'anyOf':
      return [];
    case 'enum':
      return [at(instancePath, `one of ${list(params, 'allowedValues').join(', ')}`)];
    case 'format': {
      const [format = ''] = list(params, 'format');
      return [at(instancePath, FORMATS[format]?.expected ?? `a ${format}`)];
    }
    case 'type':
      return [at(instancePath, list(params, 'type').join(' or '))];
    default:
      return [at(instancePath, message.replace(/^must (be )?/, ''))];
  }
}

function at(path: string, expected: string): Mismatch {
  return { path, expected };
}

/** Texts that are valid JSON but that PostgreSQL cannot store: with a NUL, or half a surrogate pair. */
function findUnstorable(value: unknown, field: string): FieldError[] {
  if (typeof value === 'string') {
    const isStorable = !value.includes('\0') && value.isWellFormed();
    return isStorable
      ? []
      : [{ field, value, expected: 'text without NUL characters and lone surrogates' }];
  }
  // Bytes are not text.
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const path = field === '' ? name : `${field}.${name}`;
    return [...findUnstorable(name, path), ...findUnstorable(item, path)];
  });
}

function list(params: object, name: string): string[] {
  const value: unknown = Reflect.get(params, name);
  return (Array.isArray(value) ? value : [value]).map(String);
}

function valueAt(input: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
      input,
    );
}
