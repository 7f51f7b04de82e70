import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

interface QueryViewProps<T> {
  /** The result of `useQuery`. */
  readonly query: {
    readonly data: T | undefined;
    readonly error: Error | null;
    readonly refetch?: () => unknown;
  };
  readonly children: (data: NonNullable<T>) => ReactNode;
}

/** What was asked for once it is there; until then grey lines, or why it is not. */
export function QueryView<T>({ query, children }: QueryViewProps<T>) {
  const { data, error, refetch } = query;
  if (data !== undefined && data !== null) return children(data);
  if (error !== null) return <ErrorNotice error={error} onRetry={refetch} />;
  return (
    <Stack gap="xs" aria-busy>
      <Skeleton height={24} width="60%" />
      <Skeleton height={18} />
      <Skeleton height={18} />
    </Stack>
  );
}
