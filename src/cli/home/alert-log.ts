import { type Command, Option } from 'commander';
import type { paths } from '../../../client/src/client.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { type Api, dataOf } from './api.ts';
import { onHome } from './connection.ts';
import { type NamedHome, requireHome } from './homes.ts';
import { parseCount, readPages } from './pages.ts';
import { openSession } from './session.ts';
import { formatTime } from './time.ts';

type Page =
  paths['/api/v1/homes/{home_id}/alert-deliveries']['get']['responses'][200]['content']['application/json'];
type Delivery = Page['items'][number];
type State = Delivery['state'];

/** As the page of the web app says them. */
const STATES: Record<State, string> = {
  waiting: 'waiting',
  delivered: 'sent',
  given_up: 'failed',
  dropped: 'left out',
};

/** `netpilot alerts log` */
export function addAlertLog(alerts: Command): void {
  onHome(alerts.command('log'))
    .description('list the alerts of a home, of all its members, and what became of them')
    .addOption(new Option('--state <state>', 'only these').choices(Object.keys(STATES)))
    .option('--count <count>', 'how many', parseCount, 20)
    .action(log)
    .addHelpText(...examples(['netpilot alerts log --state given_up', 'what failed, and why']));
}

async function log(
  { state, count }: { state?: State; count: number },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const deliveries = await listDeliveries(api, requireHome(session), { state, count });
  printResult(json, { deliveries }, () =>
    deliveries.length === 0
      ? 'Nothing was sent yet.'
      : printable(
          formatTable(
            ['when', 'what', 'to', 'by', 'state', 'why'],
            deliveries.map((each) => [
              formatTime(each.created_at, clock),
              each.title,
              each.member_name === null ? 'you' : each.member_name,
              each.channel_name,
              STATES[each.state],
              each.state === 'delivered' ? null : each.problem,
            ]),
          ),
        ),
  );
}

/** The newest ones, the newest first. */
function listDeliveries(
  api: Api,
  { id }: NamedHome,
  { state, count }: { state: State | undefined; count: number },
): Promise<Delivery[]> {
  const filter = state !== undefined && { state };
  return readPages({ most: count, atOnce: 200 }, (page) =>
    dataOf(
      api.GET('/api/v1/homes/{home_id}/alert-deliveries', {
        params: { path: { home_id: id }, query: { ...filter, ...page } },
      }),
    ),
  );
}
