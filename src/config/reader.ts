import { isIP } from 'node:net';
import type { FieldError } from '../errors.ts';
import type { Variable } from './variables.ts';

/** Names and values as the environment has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables, and collects what is wrong with them until all have been read. */
export type Reader = ReturnType<typeof createReader>;

/** Stands in an error for a value that is, or may hold, a secret. */
export const NOT_SHOWN = '(not shown)';

const HOST_NAME = /^[a-z\d]([a-z\d._-]*[a-z\d])?\.?$/i;

/** Whether a text has the form of a host name or an address. Nothing is looked up. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || HOST_NAME.test(text);
}

/** Texts and secrets. An empty value counts as not set, so that a `.env` may list every variable. */
function createTextReader(environment: Environment) {
  const failures: FieldError[] = [];
  const fail = (error: FieldError) => void failures.push(error);
  const text = (name: Variable) => environment[name]?.trim() || undefined;
  const isSet = (name: Variable) => text(name) !== undefined;

  /** A text as it is, whose value no error repeats. */
  const secret = (name: Variable, { least = 1 } = {}): string | undefined => {
    const value = environment[name];
    if (value === undefined || value.trim() === '') return undefined;
    if (value.length >= least && value === value.trim()) return value;
    const expected =
      value === value.trim()
        ? `at least ${least} characters`
        : 'a text without white space at its beginning and end';
    fail({ field: name, value: NOT_SHOWN, expected });
    return undefined;
  };

  return {
    fail,
    text,
    isSet,
    secret,
    errors: () => failures,

    /** Returns a text even if it fails: a configuration with an error is never returned. */
    required(name: Variable, expected: string): string {
      const value = text(name);
      if (value === undefined) fail({ field: name, expected });
      return value ?? '';
    },

    requiredSecret(name: Variable, { least = 1, expected }: SecretNeeded): string {
      if (!isSet(name)) fail({ field: name, expected });
      return secret(name, { least }) ?? '';
    },
  };
}

/** All of the above, and what is read from a text. */
export function createReader(environment: Environment) {
  const texts = createTextReader(environment);
  const { fail, text } = texts;
  return {
    ...texts,

    integer(
      name: Variable,
      { least, most, otherwise }: { least: number; most: number; otherwise: number },
    ): number {
      const value = text(name);
      if (value === undefined) return otherwise;
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= least && number <= most) return number;
      fail({ field: name, value, expected: `a whole number from ${least} to ${most}` });
      return otherwise;
    },

    flag(name: Variable): boolean {
      const value = text(name)?.toLowerCase();
      if (value === undefined || ['false', '0', 'no', 'off'].includes(value)) return false;
      if (['true', '1', 'yes', 'on'].includes(value)) return true;
      fail({ field: name, value, expected: 'true or false' });
      return false;
    },

    oneOf<const Option extends string>(
      name: Variable,
      options: readonly Option[],
      otherwise: Option,
    ): Option {
      const value = text(name)?.toLowerCase();
      if (value === undefined) return otherwise;
      const found = options.find((option) => option === value);
      if (found === undefined)
        fail({ field: name, value, expected: `one of ${options.join(', ')}` });
      return found ?? otherwise;
    },

    host(name: Variable, otherwise: string, { orSocket = false } = {}): string {
      const value = text(name) ?? otherwise;
      if (isHost(value) || (orSocket && value.startsWith('/'))) return value;
      const expected = orSocket
        ? 'a host name, an address, or the folder of a Unix socket'
        : 'a host name or an address';
      fail({ field: name, value, expected });
      return otherwise;
    },

    /** The address of a website or a service, without a slash at its end. */
    webAddress(name: Variable): string | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const url = URL.parse(value);
      const isWeb = url !== null && ['http:', 'https:'].includes(url.protocol);
      const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
      // By WHATWG a host may have quotes and dollar signs, and a router's shell reads the address.
      if (isWeb && isHost(host) && !/[@?#]/.test(value)) return url.href.replace(/\/+$/, '');
      fail({
        field: name,
        value: /[@?#]/.test(value) ? NOT_SHOWN : value,
        expected: 'an http:// or https:// URL without user name, password, query and fragment',
      });
      return undefined;
    },
  };
}

type SecretNeeded = { least?: number; expected: string };
