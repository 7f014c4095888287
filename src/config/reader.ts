import type { FieldError } from '../errors.ts';

/** Names and values as the environment has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads named values, and keeps what is wrong with them until all have been read. */
export type Reader = ReturnType<typeof createReader>;

/** An empty value counts as not set, as in a `.env` whose lines are all there. */
export function createReader(environment: Environment) {
  const failures: FieldError[] = [];
  const fail = (error: FieldError) => void failures.push(error);
  const text = (name: string) => environment[name]?.trim() || undefined;

  return {
    fail,
    text,
    errors: () => failures,
    isSet: (name: string) => text(name) !== undefined,

    required(name: string, expected: string): string {
      const value = text(name);
      if (value === undefined) fail({ field: name, expected });
      return value ?? '';
    },

    /** A text whose value is never repeated in an error. */
    secret(name: string, { least = 1 } = {}): string | undefined {
      const value = text(name);
      if (value === undefined || value.length >= least) return value;
      fail({
        field: name,
        value: '*'.repeat(value.length),
        expected: `at least ${least} characters`,
      });
      return undefined;
    },

    integer(
      name: string,
      { least, most, otherwise }: { least: number; most: number; otherwise: number },
    ): number {
      const value = text(name);
      if (value === undefined) return otherwise;
      const number = Number(value);
      if (/^\d+$/.test(value) && number >= least && number <= most) return number;
      fail({ field: name, value, expected: `a whole number from ${least} to ${most}` });
      return otherwise;
    },

    flag(name: string): boolean {
      const value = text(name)?.toLowerCase();
      if (value === undefined || ['false', '0', 'no', 'off'].includes(value)) return false;
      if (['true', '1', 'yes', 'on'].includes(value)) return true;
      fail({ field: name, value, expected: 'true or false' });
      return false;
    },

    oneOf<const Option extends string>(
      name: string,
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

    /** A URL without a slash at its end. Its value is not repeated in an error when it may hold a password. */
    url(name: string, protocols: readonly string[]): string | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      const url = URL.parse(value);
      if (url !== null && protocols.includes(url.protocol)) return value.replace(/\/+$/, '');
      const shown = value.includes('@') ? {} : { value };
      fail({
        field: name,
        ...shown,
        expected: `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      });
      return undefined;
    },
  };
}
