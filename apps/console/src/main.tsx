import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { createConsoleRouter } from './router.ts';
import { leaveWhenSignedOut } from './session/leave-when-signed-out.ts';
import { cssVariables, theme } from './theme.ts';

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

const queryClient = createQueryClient(() => void leaveWhenSignedOut(queryClient, router));
const router = createConsoleRouter(queryClient);

/**
 * A page that was opened before an upgrade of its server asks for chunks that are gone. One that was only just loaded
 * has them, and would reload for ever.
 */
const SETTLED_MS = 10_000;
window.addEventListener('vite:preloadError', () => {
  if (performance.now() > SETTLED_MS) window.location.reload();
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
