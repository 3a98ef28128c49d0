import { Box, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Tone } from './tone-badge';

/** A quiet coloured panel for something that has to be read before going on. */
export function TonePanel({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <Box
      p="sm"
      c={`var(--parta-${tone}-fg)`}
      bg={`var(--parta-${tone}-bg)`}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {icon && <span style={{ flexShrink: 0, lineHeight: 0, marginTop: 2 }}>{icon}</span>}
        <div style={{ flex: 1, minWidth: 0, fontSize: 'var(--mantine-font-size-sm)' }}>{children}</div>
      </Group>
    </Box>
  );
}
