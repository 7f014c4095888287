/** Where a NetPilot is, and who asks. */
export type Access = {
  /** Its address, without a path: `https://netpilot.example.com`. Empty: the page's own, in a browser. */
  url: string;
  /** An API token (Settings, Sign-ins and tokens). Absent: the browser's session. */
  token?: string | undefined;
  /** The id of the home that is meant; absent: every home of one's own. */
  home?: string | undefined;
  /** The longest that one call may take; default: no limit. */
  timeoutMs?: number | undefined;
  /** Ends every call. */
  signal?: AbortSignal | undefined;
};

/** The headers that say so. */
export function headersOf({ token, home }: Access): Record<string, string> {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(home !== undefined && { 'netpilot-home': home }),
  };
}
