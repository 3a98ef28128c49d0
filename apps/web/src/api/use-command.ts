import { useMutation, type UseMutationOptions } from '@tanstack/react-query';
import { randomId } from './random-id';

export type CommandHeaders = { 'Idempotency-Key': string };

/**
 * A mutation whose idempotency key is made once per wish of the person: the automatic retries after a lost answer
 * repeat it.
 */
export function useCommand<Input, Output>(
  send: (input: Input, headers: CommandHeaders) => Promise<Output>,
  options: Omit<UseMutationOptions<Output, Error, { input: Input; key: string }>, 'mutationFn'> = {},
) {
  const mutation = useMutation({
    ...options,
    mutationFn: ({ input, key }: { input: Input; key: string }) => send(input, { 'Idempotency-Key': key }),
  });
  return {
    data: mutation.data,
    error: mutation.error,
    isPending: mutation.isPending,
    isSuccess: mutation.isSuccess,
    reset: mutation.reset,
    run: (input: Input) => mutation.mutateAsync({ input, key: randomId() }),
    /** Like `run`, for handlers that show `error` and need no result. */
    start: (input: Input, onSuccess?: (output: Output) => void) =>
      mutation.mutate({ input, key: randomId() }, { onSuccess }),
  };
}
