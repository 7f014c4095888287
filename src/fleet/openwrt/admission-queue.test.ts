/** Who is let in and who waits, decided without a socket: time and lag are what the test says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADMISSION_LIMITS } from './admission.ts';
import { type QueueLimits, createAdmissionQueue } from './admission-queue.ts';

const AT_REST = 0;
const BUSY = 100;

/** A queue, and what has become of everybody in it. */
function open(limits: Partial<QueueLimits> = {}, known: readonly string[] = []) {
  const queue = createAdmissionQueue<string>({ ...ADMISSION_LIMITS, ...limits }, (network) =>
    known.includes(network),
  );
  let now = 0;
  const admitted: string[] = [];
  const ended: string[] = [];
  const act = (verdict: { admitted: string[]; ended: string[] }) => {
    admitted.push(...verdict.admitted);
    ended.push(...verdict.ended);
  };
  return {
    admitted,
    ended,
    arrive: (who: string, network: string, lag = AT_REST) =>
      act(queue.arrive(who, network, { now, lag })),
    /** Lets time pass, with a look each 50 ms. */
    pass: (milliseconds: number, lag = AT_REST) => {
      for (const until = now + milliseconds; now < until;) {
        now += 50;
        act(queue.look({ now, lag }));
      }
    },
    hear: queue.hear,
    logIn: (who: string) => queue.leave(who, true, now),
    fail: (who: string) => queue.leave(who, false, now),
  };
}

const numbered = (count: number, what: string) =>
  Array.from({ length: count }, (_, index) => `${what}${index + 1}`);

describe('while the event loop lags', () => {
  test('few are let in, one for each who has logged in, and nobody is sent away', () => {
    const { arrive, pass, logIn, admitted, ended } = open();
    const routers = numbered(5_064, 'router');
    for (const who of routers) arrive(who, 'one balancer', BUSY);
    pass(900, BUSY);
    expect(admitted).toEqual(routers.slice(0, 64));
    logIn('router7');
    pass(50, BUSY);
    expect(admitted).toEqual(routers.slice(0, 65));
    expect(ended).toEqual([]);
  });

  test('the others wait, 10,000 of them and for 100 seconds', () => {
    const { arrive, pass, ended } = open();
    for (const who of numbered(10_065, 'router')) arrive(who, 'one balancer', BUSY);
    expect(ended).toEqual(['router10065']);
    pass(99_950, BUSY);
    expect(ended).toHaveLength(1);
    pass(50, BUSY);
    expect(ended).toHaveLength(10_001);
  });
});

describe('when it does not lag', () => {
  test('those who waited are let in first come, first served, some at each look', () => {
    const { arrive, pass, logIn, admitted } = open();
    const routers = numbered(500, 'router');
    for (const who of routers) arrive(who, who, BUSY);
    pass(50);
    expect(admitted).toEqual(routers.slice(0, 128));
    arrive('late', 'late');
    for (let n = 0; n < 10; n += 1) {
      for (const who of admitted) logIn(who);
      pass(50);
    }
    expect(admitted).toEqual([...routers, 'late']);
  });

  test('all routers behind one address are let in, however many are logging in', () => {
    const { arrive, pass, admitted, ended } = open();
    const routers = numbered(400, 'router');
    for (const who of routers) arrive(who, 'one balancer');
    pass(500);
    expect(admitted).toEqual(routers);
    expect(ended).toEqual([]);
  });
});

describe('a network where strangers have failed', () => {
  const limits = { strangersPerNetwork: 2 };

  test('has no more than its share at a time, and others go before it', () => {
    const { arrive, pass, fail, admitted, ended } = open(limits);
    for (const who of ['one', 'two']) {
      arrive(who, 'bad');
      fail(who);
    }
    for (const who of numbered(62, 'busy')) arrive(who, who);
    for (const who of numbered(3, 'again')) arrive(who, 'bad');
    expect(ended).toEqual(['again3']);
    arrive('router', 'good');
    pass(50);
    expect(admitted.slice(64)).toEqual(['router', 'again1', 'again2']);
  });

  test('is like any other after some seconds', () => {
    const { arrive, pass, fail, ended } = open(limits);
    for (const who of ['one', 'two']) {
      arrive(who, 'bad');
      fail(who);
    }
    pass(5_000);
    for (const who of numbered(3, 'again')) arrive(who, 'bad');
    expect(ended).toEqual([]);
  });

  test('refuses nobody if routers have logged in from there', () => {
    const { arrive, pass, fail, admitted, ended } = open(limits, ['shared']);
    for (const who of numbered(50, 'stranger')) {
      arrive(who, 'shared');
      fail(who);
    }
    for (const who of numbered(100, 'router')) arrive(who, 'shared');
    pass(200);
    expect(admitted).toHaveLength(150);
    expect(ended).toEqual([]);
  });
});

describe('a flood', () => {
  test('of silent ones loses a place to each who comes, after a second', () => {
    const { arrive, pass, admitted, ended } = open({ strangers: 3 });
    for (const who of ['first', 'second', 'third']) arrive(who, `net ${who}`);
    arrive('router', 'home');
    pass(950);
    expect(admitted).not.toContain('router');
    pass(50);
    expect(admitted).toContain('router');
    expect(ended).toEqual(['first']);
  });

  test('of talking ones does after five, and the network with the most of them first', () => {
    const { arrive, hear, pass, admitted, ended } = open({ strangers: 3 });
    for (const [who, network] of [
      ['one', 'a'],
      ['two', 'b'],
      ['three', 'b'],
    ] as const) {
      arrive(who, network);
      hear(who);
    }
    arrive('router', 'home');
    pass(4_950);
    expect(admitted).not.toContain('router');
    pass(50);
    expect(admitted).toContain('router');
    expect(ended).toEqual(['two']);
  });

  test('that fills the queue gives way to who comes from elsewhere', () => {
    const { arrive, pass, admitted, ended } = open({ waiting: 100 });
    for (const who of numbered(164, 'flood')) arrive(who, 'flood', BUSY);
    arrive('router', 'home', BUSY);
    expect(ended).toEqual(['flood164']);
    pass(100);
    expect(admitted).toContain('router');
  });

  test('takes no place from known networks', () => {
    const { arrive, pass, admitted } = open({ strangers: 5 }, ['home']);
    for (const who of numbered(500, 'flood')) arrive(who, who);
    arrive('router', 'home');
    pass(50);
    expect(admitted).toContain('router');
  });
});

const step = fc.oneof(
  fc.record({ what: fc.constant('arrive'), network: fc.nat(5), lag: fc.nat(150) }),
  fc.record({ what: fc.constant('pass'), network: fc.nat(40), lag: fc.nat(150) }),
  fc.record({ what: fc.constantFrom('logIn', 'fail'), network: fc.nat(30), lag: fc.constant(0) }),
);

test('whatever happens, each is let in or sent away once, few are inside, and few wait', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const limits = { strangers: 3, waiting: 8, strangersPerNetwork: 2 };
      const queue = open(limits, ['net 0']);
      const gone = new Set<string>();
      const networks = new Map<string, string>();
      for (const { what, network: n, lag } of steps) {
        const who = `guest ${networks.size}`;
        if (what === 'arrive') queue.arrive(who, `net ${n}`, lag);
        if (what === 'arrive') networks.set(who, `net ${n}`);
        if (what === 'pass') queue.pass(50 * n, lag);
        const one = queue.admitted[n];
        if (what === 'logIn' && one !== undefined) queue.logIn(one);
        if (what === 'fail' && one !== undefined) queue.fail(one);
        if ((what === 'logIn' || what === 'fail') && one !== undefined) gone.add(one);
        const inside = queue.admitted.filter(
          (each) => !gone.has(each) && !queue.ended.includes(each),
        );
        const known = inside.filter((each) => networks.get(each) === 'net 0');
        expect(known.length).toBeLessThanOrEqual(limits.strangers);
        expect(inside.length - known.length).toBeLessThanOrEqual(limits.strangers);
        const isSettled = (each: string) =>
          queue.admitted.includes(each) || queue.ended.includes(each);
        const waiting = [...networks.keys()].filter((each) => !isSettled(each));
        expect(waiting.length).toBeLessThanOrEqual(limits.waiting);
        expect(new Set(queue.admitted).size).toBe(queue.admitted.length);
        expect(new Set(queue.ended).size).toBe(queue.ended.length);
      }
    }),
  );
});
