/** Writes client/src/types.generated.ts from the routes' own schemas: part of `npm run generate`. */
import { writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { parseConfig } from '../src/config/config.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDatabase } from '../src/database/pool.ts';
import { createApp } from '../src/service/app.ts';
import { createLocalWakes } from '../src/wakes/wakes.ts';
import { API_TYPES_FILE, generateApiTypes } from './api-types.ts';

// No query is sent: the document is made from the schemas alone.
const serviceAddress = { host: '127.0.0.1', port: 1, database: 'none', user: 'none' };
const { database, close } = openDatabase(serviceAddress, { role: SERVICE_ROLE });
const app = await createApp(
  {
    config: parseConfig({}),
    database,
    serviceAddress,
    wakes: createLocalWakes(),
    secretKey: 'generates only types; not a real key',
    onSessions: () => undefined,
  },
  pino({ level: 'silent' }),
);
await writeFile(API_TYPES_FILE, await generateApiTypes(JSON.stringify(app.swagger())));
await app.close();
await close();
