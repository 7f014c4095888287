import { CommandsServerError } from './errors.ts';

/** Outages in a row, over all calls, after which the Commands-Server is left alone. */
export const FAILURES_TO_OPEN = 5;

/** Milliseconds until one call may try whether it is back. */
export const HALF_OPEN_AFTER = 5_000;

/** The circuit breaker that all calls of one client share. */
export type Circuit = {
  /** `half-open`: one call is trying whether the server is back. */
  state: 'closed' | 'open' | 'half-open';
  /** Outages in a row, the last of them, and when that was, in milliseconds. */
  failures: number;
  cause: unknown;
  failedAt: number;
};

/** How a circuit begins. */
export const CLOSED: Circuit = { state: 'closed', failures: 0, cause: undefined, failedAt: 0 };

/**
 * Makes one attempt, unless the circuit is open. Any answer but an outage shows that the server works.
 * @throws {CommandsServerError} the circuit is open, or what the attempt threw
 */
export async function runInCircuit<Result>(
  circuit: Circuit,
  call: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { state, failedAt, cause } = circuit;
  const isTrial = state === 'open' && Date.now() >= failedAt + HALF_OPEN_AFTER;
  if (isTrial) circuit.state = 'half-open';
  else if (state !== 'closed')
    throw new CommandsServerError(`has been failing, so ${call} was not tried.`, { cause });
  // An attempt that began before the circuit opened says nothing about the server now.
  const settle = (next: Circuit) =>
    (isTrial || circuit.state === 'closed') && Object.assign(circuit, next);
  try {
    const result = await attempt();
    settle(CLOSED);
    return result;
  } catch (error) {
    const isOutage = error instanceof CommandsServerError && error.isOutage;
    settle(isOutage ? afterOutage(circuit, error) : CLOSED);
    throw error;
  }
}

function afterOutage({ failures }: Circuit, cause: unknown): Circuit {
  const state = failures + 1 < FAILURES_TO_OPEN ? 'closed' : 'open';
  return { state, failures: failures + 1, cause, failedAt: Date.now() };
}
