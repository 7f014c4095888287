import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { errorCode } from '../../error-code.ts';
import { InvalidInputError } from '../../errors.ts';
import { nameDraft } from './drafts.ts';

const Secrets = Type.Object({
  /** Password of the embedded server's superuser. */
  adminPassword: Type.String({ minLength: 32 }),
  /** Password of `netpilot_service` on the embedded server. */
  servicePassword: Type.String({ minLength: 32 }),
  /** Used if SECRET_KEY is not configured. */
  secretKey: Type.String({ minLength: 32 }),
});
export type Secrets = Static<typeof Secrets>;

/**
 * The secrets of one data folder, created on first use and readable by its owner only. If two processes
 * start at once, one of them creates the file, complete, and both read it.
 */
export function readOrMakeSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json');
  // A full or read-only disk does not keep anybody from what is there.
  if (existsSync(file)) return parseSecrets(file);
  // Started by root, PostgreSQL runs as another user, who must get to its own folder in it.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  mkdirSync(dataFolder, { recursive: true, mode });
  const draft = nameDraft(dataFolder, 'secrets');
  const fresh: Secrets = {
    adminPassword: secret(),
    servicePassword: secret(),
    secretKey: secret(),
  };
  try {
    writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return parseSecrets(file);
}

function parseSecrets(file: string): Secrets {
  const expected =
    'the secrets NetPilot wrote there; restore the file from a copy of the data folder';
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidInputError([{ field: file, expected }]);
    throw error;
  }
  if (!Value.Check(Secrets, content)) throw new InvalidInputError([{ field: file, expected }]);
  return content;
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
