import { expect, test } from 'vitest';
import {
  PROBLEM_TEXTS,
  type ProblemCode,
  problemText,
} from '../../../../src/alerts/problem-texts.ts';
import { readProblem } from './problem-code.ts';

test('everything that the server can say is found again, with its values', () => {
  const values = { status: '503', days: '3', problem: PROBLEM_TEXTS.tls };
  const codes: readonly string[] = Object.keys(PROBLEM_TEXTS);
  const isCode = (name: string): name is ProblemCode => codes.includes(name);
  for (const code of codes.filter(isCode))
    expect(readProblem(problemText(code, values))?.code).toBe(code);
  expect(readProblem(problemText('given_up', values))?.values).toEqual({
    problem: PROBLEM_TEXTS.tls,
    days: '3',
  });
});

test('what it does not know has no code', () => {
  expect(readProblem('The moon is in the way.')).toBeUndefined();
});
