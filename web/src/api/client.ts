/** The API as the app uses it, by `@netpilot/client`: cookies carry the session. */
import { createNetPilot } from '../../../client/src/client.ts';

export {
  ApiProblem,
  type Behind,
  type ImportReport,
  type components,
  expectOk,
  type paths,
  unwrap,
} from '../../../client/src/client.ts';

export const api = createNetPilot({ url: '' });
