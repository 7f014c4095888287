import createClient from 'openapi-fetch';
import type { paths } from '../../../src/api/types.generated.ts';

/** The API, typed by its own OpenAPI document. Cookies carry the session. */
export const api = createClient<paths>({ baseUrl: '' });

/** A problem that the API answered (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number;
  /** The kind of problem: `/problems/…`. */
  readonly type: string | undefined;
  readonly fields: readonly FieldProblem[];
  /** Whether a second try may help: no network, too many requests, a server error. */
  readonly isTemporary: boolean;
  /** Where to sign in again, if that was too long ago and an issuer does it. */
  readonly signInUrl: string | undefined;
  /** Who is behind a MAC that several devices share, of a block that must be confirmed. */
  readonly behind: readonly Behind[];
  /** The report of a refused import. */
  readonly report: ImportReport | undefined;

  constructor(status: number, problem: ProblemDocument) {
    super(problem.detail ?? '');
    this.name = 'ApiProblem';
    this.status = status;
    this.type = problem.type;
    this.signInUrl = problem.sign_in_url;
    this.fields = problem.errors ?? [];
    this.behind = problem.behind ?? [];
    this.report = problem.report;
    this.isTemporary = status === 0 || status === 429 || status >= 500;
  }
}

/** What an import did, or would do. */
export type ImportReport =
  paths['/api/v1/imports']['post']['responses'][200]['content']['application/json']['report'];
export type Behind = { readonly ip: string; readonly name: string | null };
type FieldProblem = { readonly field: string; readonly expected: string };
type ProblemDocument = {
  readonly type?: string | undefined;
  readonly sign_in_url?: string | undefined;
  readonly detail?: string | undefined;
  readonly report?: ImportReport | undefined;
  readonly behind?: readonly Behind[] | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
};

type Outcome<Data> = { data?: Data; error?: ProblemDocument; response: Response };

/** The data of an API call. Throws ApiProblem if it is refused, or if no answer came (status 0). */
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
  const outcome = await call.catch((reason: unknown) => {
    throw new ApiProblem(0, { detail: reason instanceof Error ? reason.message : String(reason) });
  });
  if (!outcome.response.ok) throw new ApiProblem(outcome.response.status, outcome.error ?? {});
  return outcome;
}
