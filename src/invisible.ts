/**
 * What a person does not see, or what changes how the text around it is read: control characters, marks of direction,
 * tags, blanks without width, ends of lines and paragraphs. A joiner between two letters or emoji makes one of them.
 */
export const INVISIBLE =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D](?=[\p{L}\p{Extended_Pictographic}]))[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/u;
