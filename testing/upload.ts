/** Uploads to NetPilot's real server, as a browser's form sends them. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { afterAll, afterEach, vi } from 'vitest';
import { type Person, type TestApp, createTestApp } from './app.ts';
import { type Files, LEGACY_DATA } from './data-folder.ts';
import type { TestDatabase } from './database.ts';

export type UploadService = Pick<TestApp, 'signIn'> & {
  /** Where it listens. */
  address: string;
  /** Where the server keeps uploads as long as it needs them: a folder of this test file's own. */
  temporary: string;
  /** Posts to /imports, with that query, as that person. */
  post: (person: Person, query: string, init: Post) => Promise<Answer>;
  upload: (person: Person, files: NamedFiles | Files, query?: string) => Promise<Answer>;
};

export type Answer = { status: number; body: unknown };
export type NamedFiles = (readonly [name: string, content: string | Buffer])[];
export type Post = { body?: FormData | string; type?: string };

/** Starts it for a test file that awaits it at its top level. Each test fails that leaves an upload's folder behind. */
export async function startUploadService(
  database: TestDatabase,
  logger?: Logger,
): Promise<UploadService> {
  const { app, signIn } = await createTestApp(database, {}, {}, logger);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const temporary = mkdtempSync(join(tmpdir(), 'netpilot-upload-test-'));
  vi.stubEnv('TMPDIR', temporary);
  afterEach(async () => {
    const isEmpty = () => temporaryFiles(temporary).length === 0;
    await vi.waitUntil(isEmpty, { timeout: 120_000 });
  });
  afterAll(() => {
    // Other files run in this process after this one.
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true });
  });

  const post: UploadService['post'] = async ({ cookie }, query, { body, type }) => {
    const response = await fetch(`${address}/api/v1/imports${query}`, {
      method: 'POST',
      headers: { cookie, ...(type !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: await response.json() };
  };
  const upload: UploadService['upload'] = (person, files, query = '?router_id=home') => {
    const form = new FormData();
    for (const [name, content] of Array.isArray(files) ? files : Object.entries(files))
      form.append('files', new Blob([Buffer.from(content)]), name);
    return post(person, query, { body: form });
  };
  return { signIn, address, temporary, post, upload };
}

/** What is in the temporary folder, but for the process's own folder. */
export function temporaryFiles(temporary: string): string[] {
  return readdirSync(temporary).flatMap((name) =>
    name.startsWith('netpilot-files-')
      ? readdirSync(join(temporary, name)).filter((inside) => inside !== 'alive')
      : [name],
  );
}

/** The files of a real data folder. */
export function readLegacyFolder(folder: string): Files {
  const path = join(LEGACY_DATA, folder);
  return Object.fromEntries(
    readdirSync(path).map((name) => [name, readFileSync(join(path, name))]),
  );
}

/** A device as the old program has it; every index gives another one. */
export function legacyDevice(index: number) {
  const pair = (byte: number) => (byte & 255).toString(16).padStart(2, '0');
  return {
    ip: `10.0.${index >> 8}.${index & 255}`,
    mac: `9a:8d:bc:00:${pair(index >> 8)}:${pair(index)}`,
    last_seen: '2025-06-01T12:00:00',
  };
}
