import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

const TURNS = [
  ['undo', 'Control+Z', IconArrowBackUp],
  ['redo', 'Control+Shift+Z', IconArrowForwardUp],
] as const;

/** The mouse’s way to Ctrl+Z and back. */
export const UndoButtons = memo(function UndoButtons({ turn }: { turn(which: 'undo' | 'redo'): void }) {
  const { t } = useTranslation('journal');
  return TURNS.map(([which, shortcut, Icon]) => (
    <Tooltip key={which} label={t(`page.${which}`)}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t(`page.${which}`)}
        aria-keyshortcuts={shortcut}
        onClick={() => turn(which)}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ));
});
