import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { PROJECT_FOLDER } from './config.ts';

/** NetPilot's version, from package.json. */
export const VERSION = Value.Parse(
  Type.Object({ version: Type.String() }),
  JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')),
).version;
