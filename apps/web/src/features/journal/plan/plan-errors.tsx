import { Text } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { TonePanel } from '../../../ui/tone-panel';
import type { PlanReport } from './columns';
import { ShortList } from './short-list';

/** Everything for which the file is not taken, each with its row and what stands in it. */
export function PlanErrors({ report: { errors, errorCount } }: { report: PlanReport }) {
  const { t, i18n } = useTranslation('journal');
  if (errorCount === 0) return null;
  const why = (code: string) => {
    const key = `plan.error.${code.split('.').at(-1)}`;
    return i18n.exists(key, { ns: 'journal' }) ? (t(key as ParseKeys<'journal'>) as string) : code;
  };
  const lines = errors.map(({ row, field, code, text }) => {
    const what =
      row === null
        ? why(code)
        : t('plan.errorRow', { row, field: field ? t(`plan.field.${field}`) : '', why: why(code) });
    return text ? `${what} «${text}»` : what;
  });
  const more = t('plan.moreErrors', { count: errorCount - errors.length });
  return (
    <div role="alert">
      <TonePanel tone="bad">
        <Text size="sm" fw={600}>
          {t('plan.errors', { count: errorCount })}
        </Text>
        <ShortList items={errorCount > errors.length ? [...lines, more] : lines} />
      </TonePanel>
    </div>
  );
}
