/** What goes wrong when something is sent, in the words of problem-texts.ts. */
import type { TargetAnswer, TargetProblem } from './guarded-request.ts';
import type { MailError } from './mail.ts';
import { PROBLEM_TEXTS, type ProblemCode, problemText } from './problem-texts.ts';

export const TARGET_PROBLEMS: Record<TargetProblem, string> = {
  'not-a-url': PROBLEM_TEXTS.not_a_url,
  'has-credentials': PROBLEM_TEXTS.has_credentials,
  'bad-port': PROBLEM_TEXTS.bad_port,
  'no-tls': PROBLEM_TEXTS.no_tls,
  refused: PROBLEM_TEXTS.refused,
  'name-not-found': PROBLEM_TEXTS.name_not_found,
  'no-connection': PROBLEM_TEXTS.no_connection,
  tls: PROBLEM_TEXTS.tls,
  'too-slow': PROBLEM_TEXTS.too_slow,
  'ended-early': PROBLEM_TEXTS.ended_early,
};

export const MAIL_PROBLEMS: Record<MailError['problem'], string> = {
  'no-server': PROBLEM_TEXTS.mail_no_server,
  tls: PROBLEM_TEXTS.mail_tls,
  'no-login': PROBLEM_TEXTS.mail_no_login,
  'no-recipient': PROBLEM_TEXTS.mail_no_recipient,
  refused: PROBLEM_TEXTS.mail_refused,
  'too-slow': PROBLEM_TEXTS.mail_too_slow,
  'not-now': PROBLEM_TEXTS.mail_not_now,
};

/** Undefined if the target has taken the message. @param problems what its kind means by a status */
export function problemOfStatus(
  { status }: Pick<TargetAnswer, 'status'>,
  problems: Readonly<Record<number, ProblemCode>> = {},
): string | undefined {
  const own = problems[status];
  if (own !== undefined) return problemText(own, { status });
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return problemText('redirected', { status });
  const code = MEANINGS[status] ?? (status >= 500 ? 'status_500' : 'status_other');
  return problemText(code, { status });
}

const MEANINGS: Readonly<Record<number, ProblemCode>> = {
  400: 'status_400',
  401: 'status_401',
  403: 'status_403',
  404: 'status_404',
  405: 'status_405',
  410: 'status_410',
  413: 'status_413',
  429: 'status_429',
};
