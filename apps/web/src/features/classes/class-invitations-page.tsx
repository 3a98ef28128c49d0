import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Schemas } from '../../api/types';
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
      before={
        <Anchor
          component={Link}
          to={`/classes/${classId}`}
          size="sm"
          display="inline-flex"
          mb={4}
          style={{ alignItems: 'center', gap: 4 }}
        >
          <IconArrowLeft size={16} aria-hidden />
          {t('invitations.back', { title })}
        </Anchor>
      }
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
