import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { DataTable, type Column } from '../../../ui/data-table';
import { ToneBadge } from '../../../ui/tone-badge';

type Lesson = Schemas['PlannedLesson'];

interface PlanLessonsProps {
  lessons: Lesson[] | undefined;
  isLoading?: boolean;
  empty?: ReactNode;
}

/** The lessons of a thematic plan, as the journal takes their topics in order. */
export function PlanLessons({ lessons, isLoading, empty }: PlanLessonsProps) {
  const { t } = useTranslation('journal');
  const columns: Column<Lesson>[] = [
    {
      key: 'position',
      header: t('plan.number'),
      width: 64,
      align: 'right',
      card: 'hidden',
      cell: (one) => one.position,
    },
    {
      key: 'topic',
      header: t('plan.field.topic'),
      card: 'title',
      cell: (one) => <span style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{one.topic}</span>,
    },
    {
      key: 'section',
      header: t('plan.field.section'),
      width: 220,
      isEmpty: (one) => !one.section,
      cell: (one) => one.section,
    },
    {
      key: 'homework',
      header: t('plan.field.homework'),
      width: 280,
      isEmpty: (one) => !one.homework,
      cell: (one) => <span style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{one.homework}</span>,
    },
    {
      key: 'control',
      header: t('plan.field.isControlWork'),
      width: 150,
      card: 'corner',
      isEmpty: (one) => !one.isControlWork,
      cell: (one) => one.isControlWork && <ToneBadge tone="info">{t('plan.control')}</ToneBadge>,
    },
  ];
  return (
    <DataTable
      label={t('plan.title')}
      columns={columns}
      rows={lessons}
      rowKey={(one) => String(one.position)}
      isLoading={isLoading}
      empty={empty}
      minWidth={900}
    />
  );
}
