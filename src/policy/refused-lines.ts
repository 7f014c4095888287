/** What a router does not do of a policy that it has applied. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Id, Nullable } from '../api/schema.ts';

/** As the database has it: the line of the document, the router's reason, the address it is for, and the device if it is known. */
const StoredLine = Type.Object({
  line: Type.String(),
  reason: Type.String(),
  address: Type.String(),
  device_id: Nullable(Type.String()),
});

export const RefusedLine = Type.Object({
  rule: Type.String({
    description:
      "What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own.",
  }),
  address: Type.String({ description: 'The MAC or address that the router does not take.' }),
  device_id: Nullable({ ...Id, description: 'The device that has it, if it is known.' }),
  reason: Type.String(),
  reason_code: Type.Enum(['address', 'nft', 'agent', 'other'], {
    description:
      '`address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.',
  }),
});
export type RefusedLine = Static<typeof RefusedLine>;

const WHY: Record<string, Pick<RefusedLine, 'reason' | 'reason_code'>> = {
  address: { reason_code: 'address', reason: 'Its agent does not take this for an address.' },
  agent: {
    reason_code: 'agent',
    reason:
      'Its agent cannot limit one device alone. Link the router again, which updates the agent.',
  },
  nft: { reason_code: 'nft', reason: 'Its firewall does not accept this address.' },
};

/** Of a document's line: `block 10.0.0.1`, `when 3 block 10.0.0.1`. */
export function targetOf(line: string): { rule: string; address: string } {
  const [rule = '', address = ''] = line.replace(/^when \S+ /, '').split(' ');
  return { rule, address };
}

/** @param stored router_policies.refused_lines */
export function refusedLinesOf(stored: unknown): RefusedLine[] {
  return Value.Parse(Type.Array(StoredLine), stored).map(({ line, reason, device_id }) => ({
    ...targetOf(line),
    device_id,
    ...(WHY[reason] ?? { reason_code: 'other', reason }),
  }));
}
