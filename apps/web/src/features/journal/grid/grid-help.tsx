import { ActionIcon, Kbd, Popover, Radio, Stack, Switch, Table, Text } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { LETTERS } from './cell-text';
import type { GridSettings } from './settings';

interface GridHelpProps {
  settings: GridSettings;
  onChange(change: Partial<GridSettings>): void;
}

const KEYS = [
  ['2 3 4 5', 'marks'],
  ['/', 'second'],
  [Object.values(LETTERS).join(' '), 'letters'],
  ['П', 'allPresent'],
  ['← ↑ ↓ → Tab Home End', 'move'],
  ['Shift + ← ↑ ↓ →', 'range'],
  ['Enter', 'card'],
  ['Delete', 'annul'],
  ['Ctrl + C, Ctrl + V', 'clipboard'],
  ['Ctrl + Z, Ctrl + Shift + Z', 'undo'],
  ['Ctrl + H', 'lesson'],
  ['Esc, Tab', 'leave'],
] as const;

export const GridHelp = memo(function GridHelp({ settings, onChange }: GridHelpProps) {
  const { t } = useTranslation('journal');
  return (
    <Popover width={420} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={36} aria-label={t('page.settings')}>
          <IconKeyboard size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('page.settings')} mah="80dvh" style={{ overflowY: 'auto' }}>
        <Stack gap="md">
          <Radio.Group
            label={t('page.afterMark')}
            value={settings.after}
            onChange={(after) => onChange({ after: after as GridSettings['after'] })}
          >
            <Stack gap={6} mt={6}>
              <Radio value="down" label={t('page.down')} />
              <Radio value="right" label={t('page.right')} />
            </Stack>
          </Radio.Group>
          <Switch
            label={t('page.twoDigits')}
            description={t('page.twoDigitsHint')}
            checked={settings.twoDigits}
            onChange={(event) => onChange({ twoDigits: event.currentTarget.checked })}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('page.keys')}
            </Text>
            <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={4} highlightOnHover={false}>
              <Table.Tbody>
                {KEYS.map(([keys, name]) => (
                  <Table.Tr key={name}>
                    <Table.Td w={150}>
                      <Kbd size="xs">{keys}</Kbd>
                    </Table.Td>
                    <Table.Td fz="sm">{t(`page.key.${name}`)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
});
