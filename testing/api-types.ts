import { registerHooks } from 'node:module';
import { join } from 'node:path';

/** The types of the API, in `@netpilot/client`: generated from the OpenAPI document. */
export const API_TYPES_FILE = join(import.meta.dirname, '../client/src/types.generated.ts');

/** The content API_TYPES_FILE should have for an OpenAPI document. */
export async function generateApiTypes(document: string): Promise<string> {
  // openapi-typescript builds its output with the compiler's JavaScript API, which TypeScript 7 has no more.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === 'typescript' ? 'typescript-api' : specifier, context),
  });
  try {
    const { default: generate, astToString } = await import('openapi-typescript');
    return astToString(await generate(document, { alphabetize: true, defaultNonNullable: false }));
  } finally {
    hooks.deregister();
  }
}
