import { Center, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import DateCalendar from './date-calendar';

interface DateModalProps {
  title: string;
  value: string;
  today: string;
  onChoose(date: string): void;
  onClose(): void;
}

/** A calendar for a place that has a button and no field. */
export default function DateModal({ title, value, today, onChoose, onClose }: DateModalProps) {
  const { t } = useTranslation();
  return (
    <Modal opened size="auto" onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Center>
        <DateCalendar value={value} today={today} onChoose={onChoose} />
      </Center>
    </Modal>
  );
}
