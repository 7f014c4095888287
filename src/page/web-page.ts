import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Config, PROJECT_FOLDER } from '../config/config.ts';
import type { FastifyReply, FastifyRequest } from '../api/app.ts';
import type { Problem } from '../api/problem.ts';
import { UnavailableError } from '../errors.ts';
import type { FirstAnswers, Rest } from './first-answers.ts';

/** Where bin/build-web puts the web app. */
export const DIST = join(PROJECT_FOLDER, 'web/dist');
const DOCUMENT = join(DIST, 'index.html');

/** By one-time links, at Google, or at another issuer: what the button to sign in says. */
function signInWay(issuer: Config['issuer']): 'local' | 'google' | 'issuer' {
  if (issuer === undefined) return 'local';
  return new URL(issuer.url).hostname === 'accounts.google.com' ? 'google' : 'issuer';
}

/** What the server itself runs of the build (web/src/start/server.tsx). */
type WebApp = {
  languageFor: (tags: readonly string[]) => { lang: string; dir: 'ltr' | 'rtl' };
  renderPage: (url: string, shown: { first: FirstAnswers; language: string }) => Promise<string>;
};

/**
 * Sends the web app's document, with the problem that it must show, if there is one. The head is sent at once, so that
 * the browser fetches the page's files while its first answers are read. If these are everything that the page shows,
 * the document includes the rendered page.
 */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { issuer }: Config,
  {
    problem,
    preload = () => '',
    rest = async () => ({ link: '' }),
  }: {
    problem?: Problem;
    preload?: (language: string) => string;
    rest?: () => Promise<Rest>;
  },
): Promise<FastifyReply> {
  const { head, body, end, webApp } = await readDocument();
  const { lang, dir } = webApp.languageFor(preferredLanguages(request));
  const values: Record<string, string> = {
    LANGUAGE: lang,
    DIRECTION: dir,
    STYLE_NONCE: reply.cspNonce.style,
    SCRIPT_NONCE: reply.cspNonce.script,
    // Known before the first paint: no flash of the other theme (web/src/design/theme.ts).
    THEME: request.cookies['netpilot_theme'] ?? '',
    SIGN_IN: signInWay(issuer),
    PROBLEM: problem === undefined ? '' : JSON.stringify(problem),
  };
  const filled = head.replaceAll(/%([A-Z_]+)%/g, (_all, name: string) =>
    escape(values[name] ?? ''),
  );
  const render = async (first: FirstAnswers | undefined): Promise<string> => {
    if (!first?.me || !first.routers || !first.devices || !first.homes || !first.people) return '';
    try {
      return await webApp.renderPage(request.url, { first, language: lang });
    } catch (error) {
      // The browser renders it then.
      request.log.error({ err: error }, 'rendering a page failed');
      return '';
    }
  };
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      Readable.from(
        (async function* () {
          yield filled + preload(lang);
          const { link, first } = await rest();
          yield link + body;
          yield await render(first);
          yield end.replace('</div>', (closed) => closed + (first ? scriptOf(first) : ''));
        })(),
      ),
    );
}

/** What the person chose, then what the browser prefers, the best first, as browsers send it (RFC 9110, 12.5.4). */
function preferredLanguages({ cookies, headers }: FastifyRequest): string[] {
  const tags = (headers['accept-language'] ?? '').split(',');
  return [cookies['netpilot_language'] ?? '', ...tags.map((tag) => tag.replace(/;.*/, '').trim())];
}

/** Where the page finds it (web/src/start/served.ts). */
function scriptOf(first: FirstAnswers): string {
  const json = JSON.stringify(first).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="first">${json}</script>`;
}

/** Escapes a text for an attribute in double quotes. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** `index.html` in three parts, split at the end of its head and where the page goes, and what renders it. */
type Document = { head: string; body: string; end: string; webApp: WebApp };
let document: Document | undefined;

/** Reads the build, once. Throws UnavailableError if there is none. */
export async function readDocument(): Promise<Document> {
  if (document !== undefined) return document;
  requireBuild();
  const webApp: WebApp = await import(join(DIST, '.server/server.js'));
  const [head = '', rest = ''] = (await readFile(DOCUMENT, 'utf8')).split(/(?=<\/head>)/);
  const [body = '', end = ''] = rest.split(/(?<=<div id="root">)/);
  document = { head, body, end, webApp };
  return document;
}

/** Throws UnavailableError, which says how to fix it, if there is no build. */
export function requireBuild(): void {
  if (!isBuilt())
    throw new UnavailableError(
      `The web app is not built: run \`${PROJECT_FOLDER}/bin/build-web\`.`,
    );
}

export function isBuilt(): boolean {
  return existsSync(DOCUMENT);
}
