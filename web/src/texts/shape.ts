/** A tree of the same shape, with any texts in it. */
export type SameShape<Tree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends string ? string : SameShape<Tree[Name]>;
};
