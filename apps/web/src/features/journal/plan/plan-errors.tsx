import { Spoiler, Text } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { TonePanel } from '../../../ui/tone-panel';
import type { PlanReport } from './columns';

/** Everything for which the file is not taken, each with its row and what stands in it. */
export function PlanErrors({ report: { errors, errorCount } }: { report: PlanReport }) {
  const { t, i18n } = useTranslation('journal');
  if (errorCount === 0) return null;
  const why = (code: string) => {
    const key = `plan.error.${code.split('.').at(-1)}`;
    return i18n.exists(key, { ns: 'journal' }) ? (t(key as ParseKeys<'journal'>) as string) : code;
  };
  return (
    <div role="alert">
      <TonePanel tone="bad">
        <Text size="sm" fw={600}>
          {t('plan.errors', { count: errorCount })}
        </Text>
        <Spoiler maxHeight={132} showLabel={t('plan.showAll')} hideLabel={t('plan.showLess')}>
          {errors.map(({ row, field, code, text }, at) => (
            <div key={at} style={{ overflowWrap: 'anywhere' }}>
              {row === null
                ? why(code)
                : t('plan.errorRow', { row, field: field ? t(`plan.field.${field}`) : '', why: why(code) })}
              {text && ` «${text}»`}
            </div>
          ))}
          {errorCount > errors.length && (
            <div>{t('plan.moreErrors', { count: errorCount - errors.length })}</div>
          )}
        </Spoiler>
      </TonePanel>
    </div>
  );
}
