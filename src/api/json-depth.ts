/** How deep a body may be nested. No route wants more than ten; what walks through values is recursive. */
export const DEEPEST_BODY = 64;

/** Whether a JSON text is nested deeper than so many levels. Reads no further than that, and checks nothing else. */
export function isDeeper(text: string, levels: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isText) {
      if (character === '\\') index += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > levels) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
