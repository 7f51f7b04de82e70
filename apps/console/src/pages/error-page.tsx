import { Box, Container } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice, PageHeader } from '../components/index.ts';

/** In place of a page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <Container size="md" p={0}>
      <PageHeader title="This page cannot be shown" />
      <ErrorNotice
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={reset}
      />
    </Container>
  );
}

/** The same where not even the navigation can be shown. */
export function RootErrorPage(props: ErrorComponentProps) {
  return (
    <Box component="main" p="xl">
      <ErrorPage {...props} />
    </Box>
  );
}
