import { ApiProblem } from '../api/client.ts';

const TYPE = '/problems/sign-in-too-old';

/** Whether a request was refused because the person signed in too long ago. */
export function isSignInTooOld(error: Error | null): error is ApiProblem {
  return error instanceof ApiProblem && error.type === TYPE;
}

/** What a request would be refused with. */
export function signInTooOld(signInUrl: string | null): ApiProblem {
  return new ApiProblem(403, { type: TYPE, sign_in_url: signInUrl ?? undefined });
}
