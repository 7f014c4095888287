/** What `bench/web` runs. Each round has a browser of its own, with nothing cached. */
import { parseArgs } from 'node:util';
import { onBareSite } from './bare-site.ts';
import { fill, measureDevices } from './bench-devices.ts';
import { measureFirstPage } from './bench-first-page.ts';
import { measureJoin } from './bench-join.ts';
import { moveIn } from './home.ts';
import { onStage } from './stage.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    devices: { type: 'string', default: '5000' },
  },
});
const devices = Number(values.devices);

await onStage((stage) =>
  onBareSite(async (bare) => {
    const userId = await stage.addUser();
    const bench = { stage, userId, rounds: Number(values.rounds) };
    const { routerId } = await moveIn(stage.database, userId);
    await measureFirstPage(bench, bare);
    await fill(stage.database, { userId, routerId }, devices);
    await measureDevices(bench, bare, devices);
    await measureJoin(bench, bare);
  }),
);
