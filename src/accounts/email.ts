import { InvalidInputError } from '../errors.ts';

/**
 * An e-mail address as it is stored: lower case, without spaces around it.
 * Throws InvalidInputError naming `field` where it is none the database takes (users_email_format).
 */
export function parseEmail(text: string, field: string): string {
  const email = normalizeEmail(text);
  if (email !== undefined) return email;
  throw new InvalidInputError([
    { field, value: text, expected: 'an e-mail address, as ann@example.com' },
  ]);
}

/** The same, or undefined for what is no e-mail address. */
export function normalizeEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return email.length <= 255 && /^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(email) && email.isWellFormed()
    ? email
    : undefined;
}
