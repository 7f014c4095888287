import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entrant, type Gate, createGate } from './gate.ts';

const entrant = (owner: string | undefined, isPatient = false): Entrant => ({ owner, isPatient });
const rules = { most: 3, mostOfOne: 2, mostWaiting: 4, mostPatient: 2 };

/** Enters so many of one owner, and gives those with what became of each. */
function enter(gate: Gate, owner: string | undefined, count: number, isPatient = false) {
  return Array.from({ length: count }, () => {
    const one = entrant(owner, isPatient);
    return { one, admission: gate.enter(one) };
  });
}

test('one owner has a share of the places, a short queue, and then is refused', () => {
  const gate = createGate(rules);
  expect(enter(gate, 'a', 7).map(({ admission }) => admission)).toEqual(
    'inside inside waiting waiting waiting waiting refused'.split(' '),
  );
  expect(gate.countInside('a')).toBe(2);
});

test('owners take turns, however many of one wait', () => {
  const gate = createGate({ ...rules, mostOfOne: 3, mostWaiting: 100 });
  const inside = enter(gate, 'a', 50).filter(({ admission }) => admission === 'inside');
  const [b] = enter(gate, 'b', 1);
  const [c] = enter(gate, 'c', 1);
  const admitted = inside.flatMap(({ one }) => gate.leave(one));
  expect(admitted).toHaveLength(3);
  expect(admitted.slice(1)).toEqual([b?.one, c?.one]);
});

test('of one owner, patient ones come first and are never refused, but have only a part of the places', () => {
  const gate = createGate({ ...rules, most: 4, mostOfOne: 4 });
  const [first] = enter(gate, 'a', 4);
  enter(gate, 'a', 4);
  const patient = enter(gate, 'a', 30, true);
  expect(patient.map(({ admission }) => admission)).not.toContain('refused');
  expect(gate.leave(first?.one ?? entrant('a'))).toEqual([patient[0]?.one]);
  const others = createGate(rules);
  expect(enter(others, 'b', 2, true).map(({ admission }) => admission)).toEqual([
    'inside',
    'inside',
  ]);
  expect(enter(others, 'c', 1, true)[0]?.admission).toBe('waiting');
  expect(enter(others, 'c', 1)[0]?.admission).toBe('inside');
});

test('the service itself has no share, but waits like everybody for a place', () => {
  const gate = createGate(rules);
  expect(enter(gate, undefined, 4).map(({ admission }) => admission)).toEqual(
    'inside inside inside waiting'.split(' '),
  );
});

test('one who withdraws gets no place; fewer places take none away, more of them let in', () => {
  const gate = createGate(rules);
  const inside = enter(gate, 'a', 2);
  const [gone, next] = enter(gate, 'a', 2);
  gate.withdraw(gone?.one ?? entrant('a'));
  expect(gate.resize(1)).toEqual([]);
  expect(inside.flatMap(({ one }) => gate.leave(one))).toEqual([next?.one]);
  const other = enter(gate, 'b', 1);
  expect(other[0]?.admission).toBe('waiting');
  expect(gate.resize(2)).toEqual([other[0]?.one]);
});

type Step =
  | { kind: 'enter'; owner: string | undefined; isPatient: boolean }
  | { kind: 'leave'; which: number }
  | { kind: 'withdraw'; which: number }
  | { kind: 'resize'; most: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      owner: fc.constantFrom('a', 'b', 'c', undefined),
      isPatient: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      most: fc.integer({ min: 1, max: 5 }),
    }),
  },
);

test('no limit is ever passed, no place stays empty that somebody may have, and nobody is passed over', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const gate = createGate(rules);
      let { most } = rules;
      let wronglyRefused = 0;
      const inside: Entrant[] = [];
      const waiting: Entrant[] = [];
      /** How often others got a place while somebody of this owner waited and could have had it. */
      const passed = new Map<string | undefined, number>();
      const of = (owner: string | undefined) => inside.filter((one) => one.owner === owner).length;
      const patientInside = () => inside.filter(({ isPatient }) => isPatient).length;
      const mayEnter = ({ owner, isPatient }: Entrant) =>
        (owner === undefined || of(owner) < rules.mostOfOne) &&
        (!isPatient || patientInside() < rules.mostPatient);
      const admit = (admitted: readonly Entrant[]) => {
        for (const one of admitted) {
          const others = new Set(waiting.filter(mayEnter).map(({ owner }) => owner));
          for (const owner of others) passed.set(owner, (passed.get(owner) ?? 0) + 1);
          passed.set(one.owner, 0);
          waiting.splice(waiting.indexOf(one), 1);
          inside.push(one);
        }
      };
      for (const each of steps) {
        const before = inside.length;
        if (each.kind === 'enter') {
          const one = entrant(each.owner, each.isPatient);
          waiting.push(one);
          const admission = gate.enter(one);
          if (admission === 'inside') admit([one]);
          if (admission === 'refused') waiting.pop();
          if (one.isPatient && admission === 'refused') wronglyRefused += 1;
        } else if (each.kind === 'leave') {
          const [one] = inside.splice(each.which % Math.max(1, inside.length), 1);
          if (one !== undefined) admit(gate.leave(one));
        } else if (each.kind === 'withdraw') {
          const [one] = waiting.splice(each.which % Math.max(1, waiting.length), 1);
          if (one !== undefined) gate.withdraw(one);
        } else if (each.kind === 'resize') {
          ({ most } = each);
          admit(gate.resize(most));
        }

        expect(inside.length).toBeLessThanOrEqual(Math.max(most, before));
        for (const owner of ['a', 'b', 'c']) expect(of(owner)).toBeLessThanOrEqual(rules.mostOfOne);
        expect(wronglyRefused).toBe(0);
        expect(patientInside()).toBeLessThanOrEqual(rules.mostPatient);
        expect(gate.countInside()).toBe(inside.length);
        expect(inside.length < most && waiting.some(mayEnter)).toBe(false);
        for (const count of passed.values()) expect(count).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 300 },
  );
});
