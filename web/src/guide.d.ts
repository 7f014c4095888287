/** A page of docs/guide/, as `web/guide-pages.ts` makes it. */
declare module '*.md' {
  export const title: string;
  export const html: string;
}
