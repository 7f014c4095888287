import { PROBLEM_TEXTS, type ProblemCode } from '../../../../src/alerts/problem-texts.ts';

/** What the server said of a problem, as a code and the values in its places. */
export type SaidProblem = { code: ProblemCode; values: Record<string, string> };

const PATTERNS = Object.entries(PROBLEM_TEXTS).flatMap(([name, text]) =>
  isCode(name) ? [{ code: name, pattern: patternOf(text) }] : [],
);

/** Finds the code of a problem that the server tells in English; undefined: another version of it has other words. */
export function readProblem(text: string): SaidProblem | undefined {
  for (const { code, pattern } of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { code, values: { ...match.groups } };
  }
  return undefined;
}

/** A text as a pattern: `{status}` stands for anything. */
function patternOf(text: string): RegExp {
  const parts = text
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => `(?<${name}>.+)`);
  return new RegExp(`^${parts.map((part, index) => part + (names[index] ?? '')).join('')}$`, 's');
}

function isCode(name: string): name is ProblemCode {
  return name in PROBLEM_TEXTS;
}
