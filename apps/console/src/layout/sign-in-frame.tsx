import { Box, Container, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Around the pages before the sign-in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <Box component="main" bg="var(--mantine-color-default-hover)" mih="100vh" py="xl">
      <Container size={420} px="md">
        <Stack>
          <Text fw={700} size="lg" ta="center">
            Imprest
          </Text>
          <Paper withBorder shadow="sm" p="xl" radius="md">
            {children}
          </Paper>
        </Stack>
      </Container>
    </Box>
  );
}
