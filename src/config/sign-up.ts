import { normalizeEmail } from '../email.ts';
import { type Reader, isHost } from './reader.ts';

export const SIGN_UP_MODES = ['invited', 'domains', 'open'] as const;

/** Who gets an account by signing in at the issuer for the first time. Those who have one are not concerned. */
export type SignUp = {
  /** `invited`: everybody the operator named; `domains`: also whose address is of one of these; `open`: everybody. */
  mode: (typeof SIGN_UP_MODES)[number];
  /** As `normalizeEmail` writes them. */
  domains: readonly string[];
  /** Is always invited. */
  ownerEmail: string | undefined;
};

/** Reads SIGN_UP, SIGN_UP_DOMAINS and OWNER_EMAIL. */
export function parseSignUp(reader: Reader): SignUp {
  const mode = reader.oneOf('SIGN_UP', SIGN_UP_MODES, 'invited');
  const domains = parseDomains(reader);
  const isDomains = mode === 'domains';
  if (isDomains && !reader.isSet('SIGN_UP_DOMAINS'))
    reader.fail({
      field: 'SIGN_UP_DOMAINS',
      expected: 'the domains of those who may sign up, as SIGN_UP is domains',
    });
  if (!isDomains && reader.isSet('SIGN_UP_DOMAINS'))
    reader.fail({ field: 'SIGN_UP', value: mode, expected: 'domains, as SIGN_UP_DOMAINS is set' });
  return { mode, domains, ownerEmail: parseOwner(reader) };
}

function parseDomains(reader: Reader): string[] {
  const texts = (reader.text('SIGN_UP_DOMAINS') ?? '').split(',').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      // The same spelling as that of an address, for umlauts too.
      const domain = normalizeEmail(`x@${text}`)?.slice('x@'.length);
      if (domain !== undefined && isHost(domain)) return domain;
      reader.fail({
        field: 'SIGN_UP_DOMAINS',
        value: text,
        expected: 'domains such as example.com, separated by commas; each subdomain by itself',
      });
      return '';
    });
}

function parseOwner(reader: Reader): string | undefined {
  const text = reader.text('OWNER_EMAIL');
  const email = text === undefined ? undefined : normalizeEmail(text);
  if (text !== undefined && email === undefined)
    reader.fail({
      field: 'OWNER_EMAIL',
      value: text,
      expected: 'an e-mail address such as ann@example.com',
    });
  return email;
}
