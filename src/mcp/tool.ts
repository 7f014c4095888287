import { type CallToolResult, type McpServer, fromJsonSchema } from '@modelcontextprotocol/server';
import type { Static, TObject } from 'typebox';
import { RefusedError } from './own-api.ts';

export type ToolTexts = { name: string; title: string; description: string };

/** Registers a tool that only reads. */
export function registerReading<Input extends TObject>(
  server: McpServer,
  { name, title, description }: ToolTexts,
  input: Input,
  read: (input: Static<Input>) => Promise<unknown>,
): void {
  const inputSchema = fromJsonSchema<Static<Input>>(input);
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
