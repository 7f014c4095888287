/**
 * Does something now, and again so many milliseconds after each time that it is done.
 * @param work gets a function that says whether it was stopped
 * @returns a function that stops it
 */
export function repeat(
  work: (isStopped: () => boolean) => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    await work(() => stopped).catch(onError);
    if (!stopped) timer = setTimeout(() => void run(), everyMs);
  };
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
