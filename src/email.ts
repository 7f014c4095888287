import { domainToASCII } from 'node:url';
import { InvalidInputError } from './errors.ts';

/**
 * An e-mail address as it is stored, one spelling of each: lower case, without spaces around it, the domain in ASCII
 * (`anna@müller.example` is `anna@xn--mller-kva.example`: RFC 5891), the rest composed (NFC).
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
  const email = text.trim().toLowerCase().normalize('NFC');
  if (!/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(email) || !email.isWellFormed()) return undefined;
  const [name = '', domain = ''] = email.split('@');
  const ascii = asciiDomain(domain);
  const stored = `${name}@${ascii}`;
  return ascii === '' || stored.length > 255 ? undefined : stored;
}

/** Node.js reads a domain as part of a URL: what ends or escapes it there is not a domain. Empty if it is none. */
function asciiDomain(domain: string): string {
  if (/^\p{ASCII}+$/u.test(domain)) return domain;
  return /[/\\?#%:]/.test(domain) ? '' : domainToASCII(domain);
}
