import { Alert, Modal, NumberInput, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTENDANCE_CODES, type AttendanceCode, type CellRef } from '../entries/types';
import { useEntries } from '../entries/use-entries';
import { LETTERS } from '../grid/cell-text';
import { usePhone } from '../../../ui/use-phone';
import { useClosedText } from '../grid/use-cell-label';
import { AddMark } from './add-mark';
import { CellHistory } from './cell-history';
import { MarkLine } from './mark-line';

interface CellCardProps {
  at: CellRef;
  title: string;
  isOpen: boolean;
  closedBecause: string | null;
  onClose(): void;
}

/** All of one cell: attendance, marks with kinds of work and comments, and who changed what. */
export default function CellCard({ at, title, isOpen, closedBecause, onClose }: CellCardProps) {
  const { t } = useTranslation(['journal', 'common']);
  const { queue, sitting } = useEntries();
  const closedText = useClosedText();
  const isPhone = usePhone();
  const cell = useSyncExternalStore(queue.subscribe, () => queue.cell(at));
  const attend = (code: AttendanceCode | null, minutesLate: number | null = null) =>
    sitting.do([{ ...at, wish: { kind: 'attendance', code, minutesLate } }]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {!isOpen && (
          <Alert color="gray" icon={<IconLock aria-hidden />}>
            <Text size="sm">{t('page.closed', { why: closedText(closedBecause) })}</Text>
          </Alert>
        )}
        <Stack gap="xs">
          <Title order={3}>{t('card.attendance')}</Title>
          <SegmentedControl
            aria-label={t('card.attendance')}
            fullWidth={isPhone}
            orientation={isPhone ? 'vertical' : 'horizontal'}
            disabled={!isOpen}
            value={cell.attendance ?? 'PRESENT'}
            onChange={(code) => attend(code === 'PRESENT' ? null : (code as AttendanceCode))}
            data={[
              { value: 'PRESENT', label: t('attendance.present') },
              ...ATTENDANCE_CODES.map((code) => ({
                value: code,
                label: `${LETTERS[code]} ${t(`attendance.${code}`)}`,
              })),
            ]}
          />
          {cell.attendance && (
            <Text size="sm" c="dimmed">
              {t(`attendance.${cell.attendance}`)}
            </Text>
          )}
          {cell.attendance === 'LATE' && (
            <NumberInput
              label={t('card.minutesLate')}
              disabled={!isOpen}
              w={260}
              min={1}
              max={240}
              hideControls
              defaultValue={cell.minutesLate ?? ''}
              onBlur={({ currentTarget: { value } }) => {
                const minutes = Number.parseInt(value, 10) || null;
                if (minutes !== cell.minutesLate) attend('LATE', minutes);
              }}
            />
          )}
        </Stack>
        <Stack gap="xs">
          <Title order={3}>{t('card.marks')}</Title>
          {cell.marks.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('card.noMarks')}
            </Text>
          )}
          {cell.marks.map((mark) => (
            <MarkLine key={mark.ref} at={at} mark={mark} isOpen={isOpen} />
          ))}
          {isOpen && <AddMark at={at} />}
        </Stack>
        <CellHistory at={at} />
      </Stack>
    </Modal>
  );
}
