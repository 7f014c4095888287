/**
 * Secrets that name the cell of who has them, so that any api knows by the secret alone where a request belongs. The number proves
 * nothing: what is hashed, and compared, is the secret without it. Without cells there is none.
 */

/** A cell is a number from 1 to this, as PostgreSQL's smallint. */
export const HIGHEST_CELL = 32_767;

/** `7.<secret>`. No secret has a point at such a place: they are base64url. */
const NAMED = /^([1-9]\d{0,4})\.(?=.)/;
/** `np_7_`, and the 49 characters of an API token. One from before, 43 characters of base64url, is shorter. */
const NAMED_TOKEN = /^np_([1-9]\d{0,4})_(?=[0-9A-Za-z]{49}$)/;
const TOKEN = /^np_(?=[0-9A-Za-z]{49}$)/;

/** The secret, naming the cell if there is one. */
export function nameCell(cell: number | undefined, secret: string): string {
  if (cell === undefined) return secret;
  return TOKEN.test(secret) ? secret.replace(TOKEN, `np_${cell}_`) : `${cell}.${secret}`;
}

/** The cell that a secret names; undefined if it names none. */
export function cellOf(secret: string): number | undefined {
  const [, number] = NAMED.exec(secret) ?? NAMED_TOKEN.exec(secret) ?? [];
  return number === undefined || Number(number) > HIGHEST_CELL ? undefined : Number(number);
}

/** The secret itself, which its cell knows by its hash. */
export function withoutCell(secret: string): string {
  return secret.replace(NAMED, '').replace(NAMED_TOKEN, 'np_');
}
