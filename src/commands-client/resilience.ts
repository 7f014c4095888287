import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleWhen,
  retry,
} from 'cockatiel';
import { CommandsServerCircuitOpenError, CommandsServerTimeoutError, isOutage } from './errors.ts';

/** Outages in a row, over all calls, after which the Commands-Server is left alone. */
export const FAILURES_TO_OPEN = 5;

/** Milliseconds until one call may try whether it is back. */
export const HALF_OPEN_AFTER = 5_000;

/** How often a repeatable call is repeated after its first failure. */
export const REPETITIONS = 2;

/** What became of the circuit. While it is half-open, one call at a time tries the Commands-Server. */
export type CircuitTransition = {
  state: 'closed' | 'open' | 'half-open';
  /** Of `open`: the failure that was one too many. */
  cause?: unknown;
};

export type ResilienceOptions = {
  /** Told of every change of the circuit, for the log. */
  onTransition?: ((transition: CircuitTransition) => void) | undefined;
  /** Milliseconds, about, before the first repetition; it doubles, with jitter. */
  retryDelay: number;
};

/** How one call wants to be made. */
export type Terms = {
  call: string;
  /** Milliseconds for all of it. */
  timeout: number;
  isRepeatable: boolean;
  signal: AbortSignal | undefined;
};

export type Resilience = ReturnType<typeof createResilience>;

/**
 * Makes the circuit that all calls of one client share, and gives the function that runs an attempt
 * under it: within the time-out, repeated where that is allowed, and not at all while the circuit is open.
 */
export function createResilience({ onTransition, retryDelay }: ResilienceOptions) {
  const circuit = createCircuit(onTransition);

  // An outage that has opened the circuit is not repeated: the caller learns what it was.
  const repetition = retry(
    handleWhen((error) => isOutage(error) && circuit.state === CircuitState.Closed),
    {
      maxAttempts: REPETITIONS,
      backoff: new ExponentialBackoff({ initialDelay: retryDelay, maxDelay: 8 * retryDelay }),
    },
  ).dangerouslyUnref(); // The time-out's own timer keeps the process for as long as somebody waits.

  async function attemptOnce<Result>(
    attempt: (signal: AbortSignal) => Promise<Result>,
    call: string,
    signal: AbortSignal,
  ): Promise<Result> {
    signal.throwIfAborted();
    // Cockatiel would have the others wait for the one that tries, past their time-outs.
    if (circuit.state === CircuitState.HalfOpen) throw circuitOpen(call, circuit);
    try {
      return await circuit.execute(() => attempt(signal));
    } catch (error) {
      throw error instanceof BrokenCircuitError ? circuitOpen(call, circuit) : error;
    }
  }

  return async function run<Result>(
    attempt: (signal: AbortSignal) => Promise<Result>,
    { call, timeout, isRepeatable, signal: callers }: Terms,
  ): Promise<Result> {
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new CommandsServerTimeoutError(call, timeout)),
      timeout,
    );
    const signal =
      callers === undefined ? deadline.signal : AbortSignal.any([deadline.signal, callers]);
    try {
      const once = () => attemptOnce(attempt, call, signal);
      return await unlessAborted(isRepeatable ? repetition.execute(once, signal) : once(), signal);
    } finally {
      clearTimeout(timer);
    }
  };
}

function createCircuit(onTransition: ResilienceOptions['onTransition']): CircuitBreakerPolicy {
  const circuit: CircuitBreakerPolicy = circuitBreaker(
    // Cockatiel takes an error that is not handled here for a success of the call that tries,
    // the caller's abort too. Only an answer proves that the Commands-Server is back.
    handleWhen((error) => isOutage(error) || circuit.state === CircuitState.HalfOpen),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: HALF_OPEN_AFTER },
  );
  circuit.onBreak((reason) =>
    onTransition?.({ state: 'open', ...('error' in reason && { cause: reason.error }) }),
  );
  circuit.onHalfOpen(() => onTransition?.({ state: 'half-open' }));
  circuit.onReset(() => onTransition?.({ state: 'closed' }));
  return circuit;
}

function circuitOpen(call: string, { lastFailure }: CircuitBreakerPolicy) {
  const cause = lastFailure !== undefined && 'error' in lastFailure ? lastFailure.error : undefined;
  return new CommandsServerCircuitOpenError(call, { cause });
}

/**
 * Settles as the promise does, or rejects with the signal's reason when that is first: cockatiel sits
 * out its pauses between two attempts whatever the signal says.
 */
async function unlessAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  // An attempt under way rejects by itself at once, and the circuit has counted it by then.
  const onAbort = () => setImmediate(() => aborted.reject(signal.reason));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
