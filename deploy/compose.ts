/** compose.yaml, as Compose reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

export const text = readFileSync(join(import.meta.dirname, 'compose.yaml'), 'utf8');

const Service = Type.Object({
  image: Type.String(),
  user: Type.Optional(Type.String()),
  command: Type.Array(Type.String()),
  environment: Type.Record(Type.String(), Type.String()),
  ports: Type.Optional(Type.Array(Type.String())),
  volumes: Type.Array(Type.String()),
  network_mode: Type.Optional(Type.String()),
  read_only: Type.Literal(true),
  cap_drop: Type.Tuple([Type.Literal('ALL')]),
  security_opt: Type.Array(Type.String()),
  depends_on: Type.Optional(Type.Record(Type.String(), Type.Object({ condition: Type.String() }))),
});
const Compose = Type.Object({
  services: Type.Object({ postgresql: Service, operator: Service, netpilot: Service }),
  volumes: Type.Record(Type.String(), Type.Null()),
});

/** What somebody has filled in. */
export const FILLED: Record<string, string> = {
  OPERATOR_PASSWORD: "the operator's password",
  SERVICE_PASSWORD: "the service's password",
  SECRET_KEY: 'a key of thirty-two characters or more',
  PUBLIC_URL: 'https://netpilot.example.com',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'client secret',
};

/** `${NAME}`, `${NAME:-otherwise}`, `${NAME:?why it is needed}` (Compose file reference, interpolation). */
export const REFERENCE = /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g;

/** The services and volumes, with these values of deploy/.env. Throws if a required one is missing. */
export function fillIn(values: Record<string, string>) {
  return Value.Parse(Compose, readFilled(text, values));
}

/** A file for Compose, with these values of deploy/.env. Throws if a required one is missing. */
export function readFilled(file: string, values: Record<string, string>): unknown {
  const interpolate = (scalar: string) =>
    scalar.replaceAll(REFERENCE, (_all, name: string, sign?: string, word = '') => {
      const value = values[name] ?? '';
      if (value === '' && sign === '?') throw new Error(`${name}: ${word}`);
      return value === '' ? word : value;
    });
  const document: unknown = parse(
    file,
    (_key, value: unknown) => (typeof value === 'string' ? interpolate(value) : value),
    // Compose's own: what it is put before takes the place of what the file before has, in place of being added.
    { merge: true, customTags: [{ tag: '!override', collection: 'seq' }] },
  );
  return document;
}
