/** What one check found. */
export type Finding = {
  check: string;
  state: 'ok' | 'warn' | 'fail';
  /** What is the case, in a sentence. */
  says: string;
  /** What to do about it; absent when all is well. */
  mend?: string;
};

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says };
}

export function warn(check: string, says: string, mend: string): Finding {
  return { check, state: 'warn', says, mend };
}

export function fail(check: string, says: string, mend: string): Finding {
  return { check, state: 'fail', says, mend };
}

/** Why something did not work. `fetch` hides it in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
