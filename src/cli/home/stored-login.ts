import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { errorCode } from '../../error-code.ts';
import { ForbiddenError, InvalidInputError } from '../../errors.ts';
import { parseJson } from '../../parse-json.ts';

/** Where NetPilot is, and the API token that it is used with. */
export type Login = { url: string; token: string };

/** Where `netpilot login` keeps the login of this user of the machine. */
export function loginFile(): string {
  const { XDG_CONFIG_HOME } = process.env;
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'netpilot', 'login.json');
}

/** The stored login; undefined without one. Throws ForbiddenError if others can read it, InvalidInputError if it is damaged. */
export function readLogin(file = loginFile()): Login | undefined {
  const text = readOwn(file);
  if (text === undefined) return undefined;
  const login: unknown = parseJson(text);
  if (isLogin(login)) return { url: login.url, token: login.token };
  throw new InvalidInputError([
    { field: file, expected: 'what `netpilot login` writes: run it again' },
  ]);
}

/** Stores a login, so that only this user of the machine can read it. */
export function writeLogin({ url, token }: Login, file = loginFile()): void {
  writeOwn(file, { url, token });
}

/** Whether there was one. */
export function removeLogin(file = loginFile()): boolean {
  const was = readOwn(file) !== undefined;
  rmSync(file, { force: true });
  return was;
}

/** A file of this user's that holds a secret; undefined if it does not exist. Throws ForbiddenError if others can read it. */
export function readOwn(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if ((statSync(file).mode & 0o077) === 0) return text;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  throw new ForbiddenError(
    `${file} holds an API token, and other users of this machine can read it: run \`chmod 600 ${file}\`; if they may have read it, end the token.`,
  );
}

/** Writes a file that only this user can read, with its folder. */
export function writeOwn(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // The mode is only of a new file.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
}

function isLogin(value: unknown): value is Login {
  return (
    typeof value === 'object' &&
    value !== null &&
    'url' in value &&
    typeof value.url === 'string' &&
    'token' in value &&
    typeof value.token === 'string'
  );
}
