import type { App, Services } from './app.ts';
import { problems } from './schema.ts';

/** Registers some routes of the API. */
export type Routes = (app: App, services: Services) => void | Promise<void>;

/** Completes the schema of every route that `app` registers from now on: its tag, and the problems any can answer with. */
export function completeSchemas(app: App, tag: string): void {
  app.addHook('onRoute', (route) => {
    const { schema } = route;
    const response = Object.assign({}, problems, schema?.response);
    route.schema = { tags: [tag], ...schema, response };
  });
}
