import { InvalidInputError } from '../errors.ts';

/**
 * An e-mail address as it is stored: lower case, without spaces around it.
 * Throws InvalidInputError naming `field` if the database would refuse it (users_email_format).
 */
export function parseEmail(text: string, field: string): string {
  const email = normalizeEmail(text);
  if (email !== undefined) return email;
  throw new InvalidInputError([
    { field, value: text, expected: 'an e-mail address such as ann@example.com' },
  ]);
}

/** The same, or undefined if it is not an e-mail address. */
export function normalizeEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return email.length <= 255 && /^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(email) && email.isWellFormed()
    ? email
    : undefined;
}
