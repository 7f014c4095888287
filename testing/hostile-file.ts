/** What each file of hostile-files/ exports: a folder that must be refused, and why. */
export type HostileFile = {
  /** Says what is wrong, and names the file. */
  refusal: RegExp;
  /** Puts the files into an empty folder. */
  make: (folder: string) => Promise<void> | void;
  /** Whether only a command can be given it: no upload has links, pipes or holes. */
  commandLineOnly?: boolean;
};
