/** Things whose names a shell can complete, by what the help calls an argument: `<device>`. */
const NAME_KINDS = ['device', 'person', 'who', 'router', 'rule', 'home', 'channel'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** The kind that a placeholder stands for; undefined for one of something else. */
export function nameKindOf(placeholder: string): NameKind | undefined {
  const [, name = ''] = /<(?:old-)?(\w+)>/.exec(placeholder) ?? [];
  return NAME_KINDS.find((kind) => kind === name);
}
