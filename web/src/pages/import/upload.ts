import { ApiProblem, type ImportReport, api, unwrap } from '../../api/client.ts';

type Options = {
  files: readonly File[];
  routerId: string;
  skipInvalid: boolean;
  timezone: string;
};

/**
 * Uploads the files, for a preview, which keeps nothing, or for an import. Returns the report also if records
 * were rejected; throws ApiProblem for any other refusal.
 */
export async function upload(options: Options, isPreview: boolean): Promise<ImportReport> {
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
        // The OpenAPI document has no body for an upload, so the client would send none.
        fetch: (request) => fetch(request, { method: 'POST', body: form }),
      }),
    );
    return report;
  } catch (error) {
    if (error instanceof ApiProblem && error.report !== undefined) return error.report;
    throw error;
  }
}
