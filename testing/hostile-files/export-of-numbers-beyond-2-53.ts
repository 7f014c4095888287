/** An export with a number that no answer of the API can hold. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../hostile-file.ts';

export const hostile: HostileFile = {
  refusal:
    /export\.json, table router_policies, record 1, policy_revision is a whole number beyond/,
  make: (folder) =>
    writeFileSync(
      join(folder, 'export.json'),
      '{"format": "netpilot-export", "version": 1, "router_policies": [{"router_id": "home", "policy_revision": 9223372036854775807}]}',
    ),
};
