import { ApiProblem, api, unwrap } from '../../api/client.ts';
import type { Remark } from './remark.ts';

export type Options = {
  files: readonly File[];
  routerId: string;
  skipInvalid: boolean;
  timezone: string;
};

/** What the server's report says, as far as the page shows it. */
export type Report = {
  outcome: 'imported' | 'nothing new' | 'dry run' | 'stopped';
  totals: Counts;
  tables: ({ file: string; table: string } & Counts)[];
  left_out: ({ file: string; reason: string } & Remark)[];
  notes: ({ file: string; note: string; count: number } & Remark)[];
  rejects: ({
    file: string;
    key: string;
    field: string;
    value: string | null;
    reason: string;
  } & Remark)[];
};
type Counts = { read: number; written: number; unchanged: number; rejected: number };

/**
 * Sends the files: for a preview, which keeps nothing, or for good. Gives the report also where
 * records were refused; throws ApiProblem for the rest.
 */
export async function upload(options: Options, isPreview: boolean): Promise<Report> {
  const form = new FormData();
  for (const file of options.files) form.append('files', file, file.name);
  try {
    const { report } = await unwrap(
      api.POST('/api/v1/imports', {
        params: {
          query: {
            router_id: options.routerId,
            dry_run: isPreview,
            skip_invalid: options.skipInvalid,
            timezone: options.timezone,
          },
        },
        // The document knows no body of an upload, so the client sends none by itself.
        fetch: (request) => fetch(request, { method: 'POST', body: form }),
      }),
    );
    return parseReport(report);
  } catch (error) {
    if (error instanceof ApiProblem && error.report !== undefined) return parseReport(error.report);
    throw error;
  }
}

/** The document has the report as any JSON: what the page needs of it is checked here. */
function parseReport(report: unknown): Report {
  const parsed: Report = JSON.parse(JSON.stringify(report));
  if (!Array.isArray(parsed.tables) || !Array.isArray(parsed.rejects))
    throw new TypeError('The server sent a report that this page cannot read: reload the page.');
  return parsed;
}
