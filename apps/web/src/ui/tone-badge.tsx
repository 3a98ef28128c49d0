import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

interface ToneBadgeProps {
  tone: Tone;
  /** an icon says the same as the colour, for those who do not see it */
  icon?: ReactNode;
  children: ReactNode;
}

export function ToneBadge({ tone, icon, children }: ToneBadgeProps) {
  return (
    <Badge
      tt="none"
      fw={500}
      size="md"
      radius="sm"
      bg={`var(--parta-${tone}-bg)`}
      c={`var(--parta-${tone}-fg)`}
      leftSection={icon}
      styles={{ root: { flexShrink: 0, maxWidth: '100%' }, section: { marginInlineEnd: 4 } }}
    >
      {children}
    </Badge>
  );
}
