import type { Command } from '../shell/commands.ts';

/** What is written without marks and capitals: "Müller" is found by "muller". */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/**
 * The commands that have every word of a query in their text, hint or other words: first those whose text begins with
 * it, then those with a word that does, each in the order they came.
 */
export function matching(commands: readonly Command[], query: string, most: number): Command[] {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  const found: Command[][] = [[], [], [], []];
  for (const command of commands) {
    const text = folded(command.text);
    const all = `${text} ${folded(command.hint ?? '')} ${folded(command.words ?? '')}`;
    if (!wanted.every((word) => all.includes(word))) continue;
    found[rankOf(text, wanted)]?.push(command);
  }
  return found.flat().slice(0, most);
}

function rankOf(text: string, wanted: readonly string[]): number {
  if (text.startsWith(wanted.join(' '))) return 0;
  const words = text.split(/\s+/);
  if (wanted.every((word) => words.some((own) => own.startsWith(word)))) return 1;
  return wanted.every((word) => text.includes(word)) ? 2 : 3;
}
