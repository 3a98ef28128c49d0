import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from '../api/query-client';
import { router } from '../routes';
import { cssVariables, theme } from '../theme';
import { NotificationSlot } from '../ui/notification-slot';

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <NotificationSlot />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
