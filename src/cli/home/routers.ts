import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import { type Named, findNamed } from './names.ts';

export type Router =
  paths['/api/v1/routers']['get']['responses'][200]['content']['application/json']['items'][number];
export type NamedRouter = Router & Named;

/** What people call a router. */
export function routerName({
  router_name,
  router_id,
}: Pick<Router, 'router_name' | 'router_id'>): string {
  return router_name ?? router_id;
}

/** The routers, linked or not any more. */
export async function listRouters(api: Api): Promise<NamedRouter[]> {
  const { items } = await dataOf(api.GET('/api/v1/routers'));
  return items.map((router) => ({
    ...router,
    names: [router.router_name],
    keys: [router.router_id, router.router_ip],
    description: `"${routerName(router)}" (${router.router_id})`,
  }));
}

/** The router that a text names. Throws NotFoundError, or InvalidInputError with the candidates. */
export async function findRouter(api: Api, text: string, field = 'router'): Promise<NamedRouter> {
  return findNamed(await listRouters(api), { field, text, what: 'router' });
}

/** What `--router` limits a search to. */
export async function routerOf(
  { router }: { router?: string },
  api: Api,
): Promise<{ router_id?: string }> {
  if (router === undefined) return {};
  return { router_id: (await findRouter(api, router, '--router')).router_id };
}
