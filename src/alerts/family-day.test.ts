/** A day of a family, told by default; the same list is in docs/alerts.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AlertHome, createAlertHome } from '../../testing/alert-home.ts';
import { createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();

/** In Berlin, in winter. */
const MIDNIGHT = Date.parse('2026-03-10T00:00:00+01:00');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const at = (clock: string) => Date.parse(`2026-03-10T${clock}:00+01:00`);

type Thing = { mac: string; hostname: string };
const MUM = { mac: '02:10:00:00:00:01', hostname: 'Annas-iPhone' };
const DAD = { mac: '02:10:00:00:00:02', hostname: 'Bens-Galaxy-S23' };
const TIM = { mac: '02:10:00:00:00:03', hostname: 'Tims-Pixel' };
const LEA = { mac: '02:10:00:00:00:04', hostname: 'Leas-iPhone' };
const LEA_AGAIN = { ...LEA, mac: '02:10:00:00:00:54' };
const GUEST = { mac: '02:10:00:00:00:77', hostname: 'Omas-Galaxy-A54' };
const LAPTOP = { mac: '00:00:5e:00:53:11', hostname: 'bens-laptop' };
const TV = { mac: '00:00:5e:00:53:12', hostname: 'living-room-tv' };
const PRINTER = { mac: '00:00:5e:00:53:13', hostname: 'printer' };
const THERMOSTAT = { mac: '00:00:5e:00:53:14', hostname: 'thermostat' };
const ALL = [MUM, DAD, TIM, LEA, LAPTOP, TV, PRINTER, THERMOSTAT];
const ipOf = ({ mac }: Thing) => `192.168.1.${Number.parseInt(mac.slice(-2), 16)}`;

type Step = { at: number; run: (home: AlertHome) => Promise<unknown> };
const come = (clock: string, thing: Thing): Step => ({
  at: at(clock),
  run: (home) => home.comes(at(clock), thing, ipOf(thing)),
});
const go = (clock: string, thing: Thing): Step => ({
  at: at(clock),
  run: (home) => home.goes(at(clock), thing.mac),
});
/** Not reached for so long, again and again: it sleeps. */
function naps(thing: Thing, from: string, to: string, every: number, minutes: number): Step[] {
  const steps: Step[] = [];
  for (let begin = at(from); begin + minutes * MINUTE < at(to); begin += every * MINUTE)
    steps.push(
      { at: begin, run: (home) => home.goes(begin, thing.mac) },
      {
        at: begin + minutes * MINUTE,
        run: (home) => home.comes(begin + minutes * MINUTE, thing, ipOf(thing)),
      },
    );
  return steps;
}
const offline = (from: string, minutes: number): Step[] => [
  { at: at(from), run: (home) => home.routerGoes(at(from)) },
  {
    at: at(from) + minutes * MINUTE,
    run: (home) => home.routerComes(at(from) + minutes * MINUTE),
  },
];

const STEPS = [
  // The night: phones sleep, and the router restarts for an update.
  ...naps(MUM, '00:20', '06:30', 47, 8),
  ...naps(DAD, '00:31', '06:00', 64, 22),
  ...naps(TIM, '00:44', '06:40', 83, 12),
  ...naps(LEA, '00:50', '06:40', 71, 17),
  ...offline('03:00', 2),
  // Everybody leaves; Ben works at home.
  go('07:25', TIM),
  go('07:31', LEA),
  go('08:05', MUM),
  come('08:40', LAPTOP),
  ...naps(LAPTOP, '10:00', '12:00', 40, 11),
  // The provider works on the line.
  ...offline('11:05', 22),
  go('12:30', LAPTOP),
  come('13:15', LAPTOP),
  // Grandmother visits; Lea's phone has taken a new MAC.
  come('15:02', GUEST),
  come('15:20', TIM),
  come('16:10', LEA_AGAIN),
  go('17:30', LAPTOP),
  go('17:45', GUEST),
  come('18:05', MUM),
  come('18:30', TV),
  // The line drops for a moment, and once more.
  ...offline('19:40', 3),
  ...offline('19:55', 1),
  { at: at('20:45'), run: (home: AlertHome) => home.asks(at('20:45'), 30) },
  go('22:20', TV),
  ...naps(MUM, '22:40', '23:55', 31, 9),
  ...naps(TIM, '22:10', '23:55', 25, 14),
].toSorted((one, other) => one.at - other.at);

test('a day of a family is at most five alerts by default, and docs/alerts.md lists them', async () => {
  const home = await createAlertHome(database, MIDNIGHT - 10 * DAY);
  // They have been there for days, and the router is linked for longer.
  for (const thing of ALL) await home.comes(MIDNIGHT - 10 * DAY, thing, ipOf(thing));
  for (const thing of [LAPTOP, TV]) await home.goes(MIDNIGHT - DAY, thing.mac);
  await home.addChannel('ntfy');
  for (const { run } of STEPS) await run(home);
  await home.runUntil(MIDNIGHT + DAY);

  const told = await home.told();
  expect(told.length).toBeLessThanOrEqual(5);
  const clock = new Intl.DateTimeFormat('de', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
  });
  const lines = told.map(
    ({ at: then, title, text }) => `| ${clock.format(then)} | ${title} | ${text} |`,
  );
  const docs = readFileSync(join(import.meta.dirname, '../../docs/alerts.md'), 'utf8');
  const inDocs = docs.split('\n').filter((line) => /^\| \d\d:\d\d /.test(line));
  expect(inDocs.map((line) => line.replaceAll(/ +/g, ' '))).toEqual(lines);
}, 60_000);
