import { useTranslations } from 'use-intl';
import { readProblem } from './problem-code.ts';

/** What went wrong, in the person's language if it is known; else as the server says it. */
export function useAlertProblem(): (text: string) => string {
  const t = useTranslations('alerts.problems');
  const say = (text: string): string => {
    const said = readProblem(text);
    if (said === undefined) return text;
    const { problem, ...values } = said.values;
    return t(said.code, { ...values, ...(problem !== undefined && { problem: say(problem) }) });
  };
  return say;
}
