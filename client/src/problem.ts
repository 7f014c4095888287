import type { components, paths } from './types.generated.ts';

/** The kinds of problems, the last part of their `type`: the names do not change. */
export const PROBLEM_KINDS = [
  'invalid-input',
  'unauthenticated',
  'forbidden',
  'sign-in-too-old',
  'not-invited',
  'not-found',
  'conflict',
  'precondition-failed',
  'too-large',
  'quota-exceeded',
  'too-many-requests',
  'unavailable',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What an import did, or would do. */
export type ImportReport =
  paths['/api/v1/imports']['post']['responses'][200]['content']['application/json']['report'];

type ProblemSchema = components['schemas']['Problem'];
/** A problem (RFC 9457) as NetPilot answers it; something before it may leave out anything. */
export type ProblemDocument = {
  readonly [Member in keyof ProblemSchema]?: ProblemSchema[Member] | undefined;
} & { readonly report?: ImportReport | undefined };

type Details = {
  /** Why there is no answer. */
  cause?: unknown;
  /** Of the header Retry-After. */
  retryAfter?: number | undefined;
};

/** NetPilot refused a call, or did not answer it (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  /** The kind of problem: `/problems/…`. */
  readonly type: string | undefined;
  /** The same as a name; undefined for what is not NetPilot's own answer, and for kinds of a later version. */
  readonly kind: ProblemKind | undefined;
  /** What is wrong with the input, by field. */
  readonly fields: readonly FieldProblem[];
  /** Whether a second try may help: no network, too many requests, a server error. */
  readonly isTemporary: boolean;
  /** Seconds after which to try again, if the server said so. */
  readonly retryAfter: number | undefined;
  /** Quote this when you ask for help. */
  readonly requestId: string | undefined;
  /** Where to sign in again, if that was too long ago and an issuer does it. */
  readonly signInUrl: string | undefined;
  /** Who is behind a MAC that several devices share, of a block that must be confirmed. */
  readonly behind: readonly Behind[];
  /** The report of a refused import. */
  readonly report: ImportReport | undefined;

  constructor(status: number, problem: ProblemDocument, { cause, retryAfter }: Details = {}) {
    super(problem.detail ?? '', { cause });
    this.name = 'ApiProblem';
    this.status = status;
    this.type = problem.type;
    this.kind = PROBLEM_KINDS.find((kind) => problem.type === `/problems/${kind}`);
    this.fields = problem.errors ?? [];
    this.isTemporary = status === 0 || status === 429 || status >= 500;
    this.retryAfter = retryAfter;
    this.requestId = problem.request_id;
    this.signInUrl = problem.sign_in_url;
    this.behind = problem.behind ?? [];
    this.report = problem.report;
  }
}

type FieldProblem = {
  readonly field: string;
  readonly expected: string;
  readonly value?: unknown;
};
export type Behind = { readonly ip: string; readonly name: string | null };

/** What a call of the client resolves with. */
export type Outcome<Data> = {
  data?: Data;
  error?: ProblemDocument | undefined;
  response: Response;
};

/** The data of a call. Throws ApiProblem if it is refused, or if no answer came. */
export async function unwrap<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, response } = await settle(call);
  if (data === undefined) throw new ApiProblem(response.status, {});
  return data;
}

/** The same for a call without data. */
export async function expectOk(call: Promise<Outcome<unknown>>): Promise<void> {
  await settle(call);
}

async function settle<Data>(call: Promise<Outcome<Data>>): Promise<Outcome<Data>> {
  const outcome = await call.catch((error: unknown) => {
    throw unanswered(error);
  });
  const { response, error } = outcome;
  if (!response.ok) throw refusal(response, error);
  return outcome;
}

/** The problem of an answer that is not a success. */
export function refusal({ status, headers }: Response, problem: ProblemDocument = {}): ApiProblem {
  const seconds = headers.get('retry-after');
  const isNumber = seconds !== null && /^\d+$/.test(seconds);
  return new ApiProblem(status, problem, { retryAfter: isNumber ? Number(seconds) : undefined });
}

/** The problem that no answer came: fetch hides the reason in the cause. */
export function unanswered(error: unknown): ApiProblem {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ApiProblem(0, { detail }, { cause: error });
}
