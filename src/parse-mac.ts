/** Six groups with one separator, which macOS's `arp` writes without leading zeros. */
const GROUPS = /^[\da-f]{1,2}(?:(?<separator>[:-])[\da-f]{1,2})(?:\k<separator>[\da-f]{1,2}){4}$/i;
/** As Cisco writes them (`021b.0000.0002`), and without separators. */
const WORDS = /^(?:[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}|[\da-f]{12})$/i;

/**
 * A MAC address as `9a:8d:bc:e0:52:41`, read in every way in which people and tools write them: in either case, with `:`
 * or `-` throughout, without leading zeros, in Cisco's groups of four, without separators. Undefined for another text.
 */
export function parseMac(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  if (GROUPS.test(trimmed))
    return trimmed
      .split(/[:-]/)
      .map((group) => group.padStart(2, '0'))
      .join(':');
  if (!WORDS.test(trimmed)) return undefined;
  return trimmed.replaceAll('.', '').replaceAll(/..(?!$)/g, '$&:');
}
