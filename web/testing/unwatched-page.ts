/**
 * A page as a person has it, for measurements. Playwright watches each of its own (`Runtime.enable`), and V8 then notes
 * where in the source every Error is made: for those that React makes as it starts, it parses whole files once more.
 */
import type { Browser, BrowserContext } from 'playwright-core';
import { observe } from './measure.ts';

export type UnwatchedPage = {
  goto: (url: string) => Promise<void>;
  /** Gives what a function returns that runs in the page. */
  evaluate: <Result>(work: () => Result | Promise<Result>) => Promise<Result>;
  type: (letter: string) => Promise<void>;
};

/** Opens a page with nothing cached, as `context` is signed in, on a CPU so many times slower; closes it after the work. */
export async function onUnwatchedPage<Found>(
  browser: Browser,
  { context, slower }: { context: BrowserContext; slower: number },
  work: (page: UnwatchedPage) => Promise<Found>,
): Promise<Found> {
  const devtools = await browser.newBrowserCDPSession();
  const { browserContextId } = await devtools.send('Target.createBrowserContext');
  const { targetId } = await devtools.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
    width: 1280,
    height: 800,
  });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId });
  const waiting = new Map<number, (answer: string) => void>();
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id }: { id?: number } = JSON.parse(message);
    if (id !== undefined) waiting.get(id)?.(message);
  });
  let last = 0;
  const send = async (method: string, params: object = {}): Promise<string> => {
    const id = ++last;
    const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message });
    const text = await answer;
    const { error }: { error?: { message: string } } = JSON.parse(text);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return text;
  };

  try {
    await send('Network.setCookies', { cookies: await context.cookies() });
    await send('Emulation.setCPUThrottlingRate', { rate: slower });
    await send('Page.enable');
    await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${String(observe)})()` });
    return await work({
      goto: async (url) => void (await send('Page.navigate', { url })),
      evaluate: async (run) => {
        const expression = `(${String(run)})()`;
        const { result }: Evaluated<Awaited<ReturnType<typeof run>>> = JSON.parse(
          await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true }),
        );
        if (result.exceptionDetails !== undefined)
          throw new Error(JSON.stringify(result.exceptionDetails));
        return result.result.value;
      },
      type: async (text) => {
        await send('Input.dispatchKeyEvent', { type: 'keyDown', text, key: text });
        await send('Input.dispatchKeyEvent', { type: 'keyUp', key: text });
      },
    });
  } finally {
    await devtools.send('Target.disposeBrowserContext', { browserContextId });
    await devtools.detach();
  }
}

/** What `Runtime.evaluate` answers. */
type Evaluated<Value> = {
  result: { result: { value: Value }; exceptionDetails?: unknown };
};
