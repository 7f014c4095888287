/** A document on its way to an agent: cut into pieces, so that other lines get through between them. Pure. */
import type { Feature } from '../../routers/features.ts';
import type { AgentRelease } from './agent-release.ts';

/** The most lines of a document that an agent takes, unless it says `chunks`, and if it does. */
export const LONGEST_DOCUMENT = 16_384;
export const LONGEST_IN_CHUNKS = 999_999;

/** With so few lines, an agent reads them sooner than it starts a process for them. */
const FEW_LINES = 64;
/** Characters of a piece: at most 65,536 are allowed. */
const PIECE = 32_768;

/** Undefined if the document is longer than this agent takes. */
export function cutDocument(
  revision: number,
  document: readonly string[],
  features: ReadonlySet<Feature>,
): string[] | undefined {
  const hasChunks = features.has('chunks');
  if (document.length > (hasChunks ? LONGEST_IN_CHUNKS : LONGEST_DOCUMENT)) return undefined;
  const isChunked = hasChunks && document.length > FEW_LINES;
  const pieces = cut(document).map((piece) =>
    isChunked ? `chunk ${piece.length}\n${piece}` : piece,
  );
  return [`apply ${revision} ${document.length}\n`, ...pieces, `end ${revision}\n`];
}

/** A newer program on its way to an agent that says `update`. */
export function cutProgram({ version, program, signature }: AgentRelease): string[] {
  const lines = program.split('\n').slice(0, -1);
  const chunks = cut(lines).map((piece) => `chunk ${piece.length}\n${piece}`);
  return [`update ${version} ${program.length} ${signature}\n`, ...chunks, `end ${version}\n`];
}

/** Whole lines each. All are ASCII: a character is a byte. */
function cut(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of lines) {
    if (piece.length + line.length >= PIECE) {
      pieces.push(piece);
      piece = '';
    }
    piece += `${line}\n`;
  }
  return [...pieces, piece];
}
