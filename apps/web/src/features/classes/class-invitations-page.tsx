import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Schemas } from '../../api/types';
import { BackLink } from '../../ui/back-link';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { InvitationSheet } from './invitation-sheet';
import { IssueInvitations } from './issue-invitations';
import { useClass } from './queries';

/** R12, R16: codes for a class, to print, cut and hand over. */
export function Component() {
  const { t } = useTranslation('classes');
  const { classId = '' } = useParams();
  const view = useClass(classId);
  const [issued, setIssued] = useState<Schemas['IssuedInvitations'] | null>(null);
  const title = view.data?.title ?? '';
  return (
    <Page
      before={<BackLink to={`/classes/${classId}`} text={t('invitations.back', { title })} />}
      title={t('invitations.title', { title })}
    >
      {view.isError ? (
        <ErrorAlert error={view.error} onRetry={() => void view.refetch()} />
      ) : issued ? (
        <InvitationSheet issued={issued} />
      ) : (
        <IssueInvitations classId={classId} onIssued={setIssued} />
      )}
    </Page>
  );
}
