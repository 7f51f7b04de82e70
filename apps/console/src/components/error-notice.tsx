import { Alert, type AlertProps, Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../api/api-error.ts';

interface ErrorNoticeProps extends AlertProps {
  readonly error: Error | null | undefined;
  readonly onRetry?: () => unknown;
}

/** A failure in the words of the API, with the id to quote. Nothing when there is none. */
export function ErrorNotice({ error, onRetry, ...props }: ErrorNoticeProps) {
  if (!error) return null;
  const requestId = error instanceof ApiError ? error.requestId : null;
  const field = error instanceof ApiError ? error.field : null;
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title="That did not work"
      {...props}
    >
      <Text size="sm">{error.message}</Text>
      {field !== null && <Text size="sm">Field: {field}</Text>}
      <Group gap="md" mt={requestId !== null || onRetry ? 'xs' : 0}>
        {requestId !== null && (
          <Text size="xs">
            Request <Code>{requestId}</Code>
          </Text>
        )}
        {onRetry && (
          <Button size="compact-xs" variant="default" onClick={() => onRetry()}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}
