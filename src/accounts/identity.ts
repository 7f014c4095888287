import { ForbiddenError } from '../errors.ts';
import { normalizeEmail } from '../email.ts';

/** A person whose identity an issuer has verified. */
export type Identity = {
  issuer: string;
  /** The issuer's `sub`: 1 to 255 characters. */
  subject: string;
  /** Verified by the issuer, as `normalizeEmail` returns it. */
  email: string;
  /** Absent if the issuer provides none. */
  fullName: string | undefined;
  avatarUrl: string | undefined;
  /** When the person signed in at the issuer (`auth_time`). Absent if it does not say. */
  authTime: Date | undefined;
};

/**
 * The identity in an issuer's claims (OpenID Connect Core 1.0, 5.1). Throws ForbiddenError if there
 * is no e-mail address, or the issuer has not verified it: it identifies the account.
 */
export function parseIdentity(claims: Record<string, unknown>): Identity {
  const { iss, sub, email, email_verified: isVerified, name, picture, auth_time } = claims;
  if (typeof iss !== 'string' || iss.length > 500)
    throw new ForbiddenError('The issuer sent no name of its own (`iss`) that can be stored.');
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || !isPrintable(sub))
    throw new ForbiddenError('The issuer sent no identity (`sub`) that can be stored.');
  const address = typeof email === 'string' ? normalizeEmail(email) : undefined;
  if (address === undefined)
    throw new ForbiddenError(
      'The issuer sent no e-mail address. NetPilot needs one: allow it, or use another account.',
    );
  // Some issuers send the text "true" (Amazon Cognito); "false" would be truthy.
  if (isVerified !== true && isVerified !== 'true')
    throw new ForbiddenError(
      `The issuer has not verified the e-mail address ${address}: confirm it there, then sign in again.`,
    );
  return {
    issuer: iss,
    subject: sub,
    email: address,
    fullName: typeof name === 'string' ? cutName(name) : undefined,
    avatarUrl: typeof picture === 'string' ? checkPicture(picture) : undefined,
    authTime: typeof auth_time === 'number' ? momentOf(auth_time) : undefined,
  };
}

/** A time in seconds; undefined if it is none. */
function momentOf(seconds: number): Date | undefined {
  const moment = new Date(seconds * 1000);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function cutName(name: string): string | undefined {
  const clean = name
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();
  // By characters: half of a surrogate pair cannot be stored.
  return Array.from(clean).slice(0, 255).join('') || undefined;
}

function checkPicture(url: string): string | undefined {
  return url.length <= 500 && isPrintable(url) && URL.parse(url)?.protocol === 'https:'
    ? url
    : undefined;
}

function isPrintable(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
