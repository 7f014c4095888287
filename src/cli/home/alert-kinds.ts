import { ALERT_KINDS, type ChosenKind } from '../../alerts/kinds.ts';
import { InvalidInputError } from '../../errors.ts';

/** Kinds of alerts with commas between. Throws InvalidInputError. */
export function parseKinds(text: string): ChosenKind[] {
  return text.split(',').flatMap((each) => {
    const name = each.trim();
    if (name === '') return [];
    const kind = ALERT_KINDS.find((known) => known === name);
    if (kind !== undefined) return [kind];
    throw new InvalidInputError([
      { field: 'kinds', value: name, expected: `one of ${ALERT_KINDS.join(', ')}` },
    ]);
  });
}
