import '@mantine/dropzone/styles.css';
import { Button, Group, List, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { IconTable, IconUpload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../../ui/error-alert';
import { TonePanel } from '../../../ui/tone-panel';
import type { PlanReport } from './columns';
import { PlanPreview } from './plan-preview';
import { usePlanImport } from './use-plan-import';

const MAX_BYTES = 5 * 1024 * 1024;
// The service says what is wrong with another kind of spreadsheet, and what to do about it.
const SPREADSHEETS = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/vnd.ms-excel': ['.xls', '.xlsm', '.xlsb'],
  'application/vnd.oasis.opendocument.spreadsheet': ['.ods'],
};

interface PlanImportProps {
  groupId: string;
  onApplied(report: PlanReport): void;
  onClose(): void;
}

/** A file is looked at, its reading corrected where it is wrong, and only then does it replace the plan. */
export function PlanImport({ groupId, onApplied, onClose }: PlanImportProps) {
  const { t, i18n } = useTranslation('journal');
  const titleId = useId();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { name, report, error, fault, doing, choose, clear, apply, correct } = usePlanImport(
    groupId,
    onApplied,
  );
  const faultKey = `plan.fault.${fault}`;

  const refuse = (rejections: FileRejection[]) => {
    const code = rejections[0]?.errors[0]?.code;
    if (rejections.length > 1 || code === 'too-many-files') setRefusal(t('plan.oneOnly'));
    else setRefusal(t(code === 'file-too-large' ? 'plan.fileTooLarge' : 'plan.notXlsx'));
  };

  return (
    <Paper p="md" component="section" aria-labelledby={titleId}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Title order={2} id={titleId}>
            {t('plan.importTitle')}
          </Title>
          <Button variant="default" size="xs" onClick={onClose}>
            {t('plan.cancel')}
          </Button>
        </Group>
        {refusal && (
          <div role="alert">
            <TonePanel tone="bad">{refusal}</TonePanel>
          </div>
        )}
        {fault && i18n.exists(faultKey, { ns: 'journal' }) ? (
          <div role="alert">
            <TonePanel tone="bad">{t(faultKey as ParseKeys<'journal'>) as string}</TonePanel>
          </div>
        ) : (
          <ErrorAlert error={error} />
        )}
        {name === null ? (
          <Dropzone
            accept={SPREADSHEETS}
            maxSize={MAX_BYTES}
            multiple={false}
            onDrop={([file]) => {
              setRefusal(null);
              if (file) void choose(file);
            }}
            onReject={refuse}
            inputProps={{ 'aria-label': t('plan.drop') }}
            p="md"
          >
            <Group justify="center" gap="md" mih={72} style={{ pointerEvents: 'none' }}>
              <IconUpload size={28} stroke={1.5} aria-hidden />
              <div>
                <Text size="sm">{t('plan.drop')}</Text>
                <Text size="xs" c="dimmed">
                  {t('plan.dropHint')}
                </Text>
              </div>
            </Group>
          </Dropzone>
        ) : (
          <Group gap="sm">
            <IconTable size={22} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" style={{ overflowWrap: 'anywhere', flex: '1 1 12rem' }}>
              {name}
            </Text>
            {doing === 'looking' && <Loader size="sm" aria-label={t('plan.reading')} />}
            <Button variant="default" size="xs" onClick={clear} disabled={doing === 'applying'}>
              {t('plan.another')}
            </Button>
          </Group>
        )}
        {name === null && (
          <List size="sm" c="dimmed" spacing={2}>
            <List.Item>{t('plan.ruleColumns')}</List.Item>
            <List.Item>{t('plan.rulePreview')}</List.Item>
          </List>
        )}
        {report && (
          <PlanPreview report={report} doing={doing} onCorrect={correct} onApply={() => void apply()} />
        )}
      </Stack>
    </Paper>
  );
}
