import { IconClock, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../ui/tone-badge';
import classes from './diary.module.css';
import type { Absence } from './types';

export function AbsenceNote({ absence }: { absence: Absence | null }) {
  const { t } = useTranslation('diary');
  if (!absence) return null;
  const isLate = absence.code === 'LATE';
  const Icon = isLate ? IconClock : IconUserOff;
  return (
    <div className={classes.absence}>
      <ToneBadge tone={isLate ? 'quiet' : 'warn'} icon={<Icon size={14} aria-hidden />}>
        {isLate && absence.minutesLate
          ? t('absence.late', { count: absence.minutesLate })
          : t(`absence.${absence.code}`)}
      </ToneBadge>
      {absence.reason && <span className={classes.quiet}>{absence.reason}</span>}
    </div>
  );
}
