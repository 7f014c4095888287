/** The part of the web app that the server runs (src/page/web-page.ts), built for Node.js. */
import { createMemoryHistory } from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import type { Served } from './served.ts';
import { App, createQueryClient } from './app.tsx';
import { createAppRouter } from '../routes.tsx';
import { type Language, chooseLanguage, directionOf, textsOf } from '../texts/language.ts';

/** Language and direction of a document for a person who prefers these language tags, best first. */
export function languageFor(tags: readonly string[]): { lang: Language; dir: 'ltr' | 'rtl' } {
  const lang = chooseLanguage(tags);
  return { lang, dir: directionOf(lang) };
}

/** Renders the page at a URL to HTML with the answers in `first`; the browser hydrates it. */
export async function renderPage(
  url: string,
  { first, language }: { first: Served; language: Language },
): Promise<string> {
  const queryClient = createQueryClient(first);
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [url] }));
  const [texts] = await Promise.all([textsOf(language), router.load()]);
  const html = renderToString(<App {...{ router, queryClient, language, texts }} timeZone="UTC" />);
  queryClient.clear();
  return html;
}
