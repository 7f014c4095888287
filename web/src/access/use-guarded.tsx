import { useMutation } from '@tanstack/react-query';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { useProblemToast } from '../design/problem.ts';

/** Rarely needed: not part of the first page. */
const OwnDeviceDialog = lazy(() => import('./own-device-dialog.tsx'));

/** Whether the server wants a confirmation: what is asked would cut off the device in use. */
export function needsConfirmation(error: Error): boolean {
  return error instanceof ApiProblem && error.fields.some(({ field }) => field === 'confirm');
}

/**
 * A change that asks first if it would cut off the device in use: the caller renders `dialog`. What else is refused is
 * shown as a toast. `onDone` gets `run` too, for an undo; `onLeft` is called if nothing comes of it: it was refused, or
 * the person does not want it any more.
 */
export function useGuarded<Input, Done>(
  write: (input: Input, confirm: { confirm?: true }) => Promise<Done>,
  onDone: (done: Done, input: Input, run: (input: Input) => void) => unknown,
  onLeft: () => void = () => undefined,
): { run: (input: Input) => void; isPending: boolean; dialog: ReactNode } {
  const showProblem = useProblemToast();
  const [asking, setAsking] = useState<{ input: Input }>();
  const change = useMutation({
    mutationFn: ({ input, isConfirmed }: { input: Input; isConfirmed: boolean }) =>
      write(input, isConfirmed ? { confirm: true } : {}),
    onSuccess: (done, { input }) => onDone(done, input, run),
    onError: (error, { input }) => {
      if (needsConfirmation(error)) return setAsking({ input });
      showProblem(error);
      return onLeft();
    },
  });
  function run(input: Input): void {
    change.mutate({ input, isConfirmed: false });
  }
  return {
    run,
    isPending: change.isPending,
    dialog: asking && (
      <Suspense>
        <OwnDeviceDialog
          onClose={() => {
            setAsking(undefined);
            onLeft();
          }}
          onConfirm={() => {
            setAsking(undefined);
            change.mutate({ input: asking.input, isConfirmed: true });
          }}
        />
      </Suspense>
    ),
  };
}
