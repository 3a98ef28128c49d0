import { Text } from '@mantine/core';

/** How much was found; a screen reader hears it change. */
export function ResultCount({ text }: { text: string | undefined }) {
  return (
    <Text role="status" aria-live="polite" size="sm" c="dimmed" mih={20} className="parta-tabular">
      {text}
    </Text>
  );
}
