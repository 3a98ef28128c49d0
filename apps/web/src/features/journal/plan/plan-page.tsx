import { Button } from '@mantine/core';
import { IconListNumbers, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useWorking } from '../../../session/workspace';
import { BackLink } from '../../../ui/back-link';
import { EmptyState } from '../../../ui/empty-state';
import { ErrorAlert } from '../../../ui/error-alert';
import { notify } from '../../../ui/notify';
import { Page } from '../../../ui/page';
import { useJournals } from '../queries';
import { PlanImport } from './plan-import';
import { PlanLessons } from './plan-lessons';
import { usePlan } from './queries';

/** Whose plan may be replaced by whom the service decides; here nobody is shown what would be refused. */
function useMayKeep(groupId: string): boolean {
  const { workspace } = useWorking();
  const journal = useJournals().data?.find((one) => one.groupId === groupId);
  return (
    workspace.roles.some((role) => role === 'administrator' || role === 'deputy-head') || !!journal?.isMine
  );
}

/** The thematic plan of a study group, and its replacement by a spreadsheet (R88–R90). */
export function Component() {
  const { t } = useTranslation('journal');
  const { groupId = '' } = useParams();
  const journal = useJournals().data?.find((one) => one.groupId === groupId);
  const plan = usePlan(groupId);
  const mayKeep = useMayKeep(groupId);
  const [isImporting, setImporting] = useState(false);
  const lessons = plan.data?.lessons;

  return (
    <Page
      before={<BackLink to={`/journal/${groupId}`} text={journal?.title ?? t('plan.back')} />}
      title={t('plan.title')}
      note={lessons?.length ? t('plan.count', { count: lessons.length }) : ' '}
      actions={
        mayKeep &&
        !isImporting && (
          <Button
            variant={lessons?.length ? 'default' : 'filled'}
            leftSection={<IconUpload size={16} aria-hidden />}
            onClick={() => setImporting(true)}
          >
            {t('plan.import')}
          </Button>
        )
      }
    >
      {isImporting && (
        <PlanImport
          groupId={groupId}
          onClose={() => setImporting(false)}
          onApplied={({ lessons: now }) => {
            setImporting(false);
            void notify(t('plan.applied', { count: now.length }));
          }}
        />
      )}
      <ErrorAlert error={plan.error} onRetry={() => void plan.refetch()} />
      {!plan.isError && !isImporting && (
        <PlanLessons
          lessons={lessons}
          isLoading={plan.isPending}
          empty={
            <EmptyState
              icon={<IconListNumbers size={40} stroke={1.5} aria-hidden />}
              title={t('plan.emptyTitle')}
              hint={t(mayKeep ? 'plan.emptyHint' : 'plan.emptyHintReader')}
            />
          }
        />
      )}
    </Page>
  );
}
