import {
  type CallToolResult,
  type McpServer,
  type StandardSchemaWithJSON,
  fromJsonSchema,
} from '@modelcontextprotocol/server';
import type { Static, TObject } from 'typebox';
import { RefusedError } from './own-api.ts';

export type ToolTexts = { name: string; title: string; description: string };

/** What a tool takes. */
export type ToolInput<Input> = StandardSchemaWithJSON<Input, Input>;

/** For constants: what compiles a schema keeps each one for ever. */
export function toolInput<Input extends TObject>(input: Input): ToolInput<Static<Input>> {
  return fromJsonSchema<Static<Input>>(input);
}

/** Registers a tool that only reads. */
export function registerReading<Input>(
  server: McpServer,
  { name, title, description }: ToolTexts,
  inputSchema: ToolInput<Input>,
  read: (input: Input) => Promise<unknown>,
): void {
  const annotations = { readOnlyHint: true, openWorldHint: false };
  server.registerTool(name, { title, description, inputSchema, annotations }, (given) =>
    answer(() => read(given)),
  );
}

/** What was done or found, as JSON; what the API refuses, in its words, so that the program can do better. */
export async function answer(work: () => Promise<unknown>): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await work()) }] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { isError: true, content: [{ type: 'text', text: error.message }] };
  }
}
