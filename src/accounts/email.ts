import { InvalidInputError } from '../errors.ts';

/**
 * An e-mail address as it is stored: lower case, without spaces around it.
 * Throws InvalidInputError naming `field` where it is none the database takes (users_email_format).
 */
export function parseEmail(text: string, field: string): string {
  const email = text.trim().toLowerCase();
  if (email.length <= 255 && /^[^@\s]+@[^@\s]+$/.test(email) && email.isWellFormed()) return email;
  throw new InvalidInputError([
    { field, value: text, expected: 'an e-mail address, as ann@example.com' },
  ]);
}
