import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconDownload, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../../ui/use-phone';
import { isUnfinished, type Report } from './queries';

interface ReportActionsProps {
  report: Report;
  isDownloading: boolean;
  onDownload(): void;
  onCancel(): void;
  onDelete(): void;
}

/** What can be done with a report now. */
export function ReportActions({ report, isDownloading, onDownload, onCancel, onDelete }: ReportActionsProps) {
  const { t } = useTranslation('reports');
  const isPhone = usePhone();
  const name = `${report.title}, ${report.periodTitle ?? report.from}`;
  const [label, Icon, act] = isUnfinished(report.state)
    ? [t('cancelNamed', { name }), IconX, onCancel]
    : [t('deleteNamed', { name }), IconTrash, onDelete];
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {report.state === 'done' && (
        <Button
          size={isPhone ? 'sm' : 'compact-sm'}
          variant="light"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={isDownloading}
          aria-label={t('downloadNamed', { name })}
          onClick={onDownload}
        >
          {t('download')}
        </Button>
      )}
      <Tooltip label={isUnfinished(report.state) ? t('cancel') : t('delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          size={isPhone ? 36 : 28}
          aria-label={label}
          onClick={act}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
