import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TonePanel } from '../../../ui/tone-panel';
import { choiceOf, letterOf, PLAN_FIELDS, type PlanChoice, type PlanField, type PlanReport } from './columns';
import { PlanErrors } from './plan-errors';
import { PlanLessons } from './plan-lessons';
import { ShortList } from './short-list';

interface PlanPreviewProps {
  report: PlanReport;
  doing: 'looking' | 'applying' | null;
  onCorrect(choice: PlanChoice): void;
  onApply(): void;
}

/** What a file says, how it was read, and what would become of the plan there is. */
export function PlanPreview({ report, doing, onCorrect, onApply }: PlanPreviewProps) {
  const { t } = useTranslation('journal');
  const { lessons, lessonsBefore, passedOver, passedOverCount, errorCount } = report;
  const canApply = errorCount === 0 && lessons.length > 0;
  return (
    <Stack gap="md" aria-busy={doing !== null}>
      <HowItIsRead report={report} onCorrect={onCorrect} />
      <div role="status">
        {report.isHeld && <TonePanel tone="warn">{t('plan.changedMeanwhile')}</TonePanel>}
      </div>
      <PlanErrors report={report} />
      {passedOverCount > 0 && (
        <TonePanel tone="info">
          <Text size="sm" fw={600}>
            {t('plan.passedOver', { count: passedOverCount })}
          </Text>
          <ShortList items={passedOver.map(({ row, text }) => t('plan.row', { row, text }))} />
        </TonePanel>
      )}
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={3}>{t('plan.previewCount', { count: lessons.length })}</Title>
          <Text size="sm" c="dimmed">
            {lessonsBefore > 0 ? t('plan.replaces', { count: lessonsBefore }) : t('plan.replacesNothing')}
          </Text>
        </div>
        <Button onClick={onApply} disabled={!canApply || doing === 'looking'} loading={doing === 'applying'}>
          {lessonsBefore > 0 ? t('plan.replace') : t('plan.take')}
        </Button>
      </Group>
      {lessons.length > 0 && <PlanLessons lessons={lessons} />}
    </Stack>
  );
}

function HowItIsRead({ report, onCorrect }: Pick<PlanPreviewProps, 'report' | 'onCorrect'>) {
  const { t } = useTranslation('journal');
  const choice = choiceOf(report);
  const correct = (field: PlanField, column: number) =>
    onCorrect({ ...choice, columns: { ...choice.columns, [field]: column } });
  const options = report.columns.map(({ column, heading }) => ({
    value: String(column),
    label: heading ? t('plan.column', { letter: letterOf(column), heading }) : letterOf(column),
  }));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      <Select
        label={t('plan.sheet')}
        allowDeselect={false}
        value={report.sheet}
        data={report.sheets.map(({ name, isHidden }) => ({
          value: name,
          label: isHidden ? t('plan.hiddenSheet', { name }) : name,
        }))}
        // Another sheet has headings of its own.
        onChange={(sheet) => sheet && onCorrect({ sheet })}
      />
      <NumberInput
        label={t('plan.headingRow')}
        description={t('plan.headingRowHint')}
        min={0}
        max={1_048_576}
        allowDecimal={false}
        allowNegative={false}
        key={`${report.sheet} ${report.headingRow}`}
        defaultValue={report.headingRow}
        onBlur={(event) => {
          const headingRow = Number(event.currentTarget.value);
          if (Number.isInteger(headingRow) && headingRow !== report.headingRow)
            onCorrect({ sheet: report.sheet, headingRow });
        }}
      />
      {PLAN_FIELDS.map((field) => (
        <Select
          key={field}
          label={t(`plan.columnOf.${field}`)}
          required={field === 'topic'}
          allowDeselect={false}
          value={String(choice.columns[field])}
          data={[{ value: '0', label: t('plan.noColumn') }, ...options]}
          onChange={(column) => column !== null && correct(field, Number(column))}
        />
      ))}
    </SimpleGrid>
  );
}
