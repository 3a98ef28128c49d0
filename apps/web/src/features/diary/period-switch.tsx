import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import classes from './pills.module.css';

interface PeriodSwitchProps {
  periods: Schemas['DiaryPeriod'][] | undefined;
  current: string | null;
  isPending: boolean;
  onChoose(periodId: string): void;
}

export function PeriodSwitch({ periods, current, isPending, onChoose }: PeriodSwitchProps) {
  const { t } = useTranslation('diary');
  if (isPending) return <Skeleton h={48} radius={22} maw={360} />;
  if (!periods || periods.length === 0) return null;
  return (
    <div role="group" aria-label={t('period.label')} className={classes.pills}>
      {periods.map(({ periodId, title }) => (
        <button
          key={periodId}
          type="button"
          className={classes.pill}
          aria-pressed={periodId === current}
          onClick={() => onChoose(periodId)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
