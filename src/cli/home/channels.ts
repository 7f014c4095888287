import type { paths } from '../../../client/src/client.ts';
import { type Api, dataOf } from './api.ts';
import type { NamedHome } from './homes.ts';
import { type Named, findNamed } from './names.ts';

type List =
  paths['/api/v1/homes/{home_id}/alert-channels']['get']['responses'][200]['content']['application/json'];
export type Channel = List['items'][number];
export type NamedChannel = Channel & Named;

/** One's own alert channels in a home. */
export async function listChannels(api: Api, { id }: NamedHome): Promise<NamedChannel[]> {
  const { items } = await dataOf(
    api.GET('/api/v1/homes/{home_id}/alert-channels', { params: { path: { home_id: id } } }),
  );
  return items.map((channel) => ({
    ...channel,
    names: [channel.name],
    keys: [channel.id],
    description: `"${channel.name}" (${channel.kind})`,
  }));
}

/** Throws NotFoundError, InvalidInputError. */
export async function findChannel(api: Api, home: NamedHome, text: string): Promise<NamedChannel> {
  return findNamed(await listChannels(api, home), { field: 'channel', text, what: 'channel' });
}
