import { Button, Group, Paper, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { ConfirmModal } from '../../ui/confirm-modal';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { usePeopleCount } from '../people/queries';
import { useInviteClass, type InvitationScope } from './commands';

interface IssueInvitationsProps {
  classId: string;
  onIssued(issued: Schemas['IssuedInvitations']): void;
}

export function IssueInvitations({ classId, onIssued }: IssueInvitationsProps) {
  const { t } = useTranslation('classes');
  const never = usePeopleCount({ classId, account: 'none' });
  const invited = usePeopleCount({ classId, account: 'invited' });
  const [chosen, setScope] = useState<InvitationScope | null>(null);
  const [isAsking, setAsking] = useState(false);
  const invite = useInviteClass(classId);

  if (never.isError || invited.isError) {
    const retry = () => void Promise.all([never.refetch(), invited.refetch()]);
    return <ErrorAlert error={never.error ?? invited.error} onRetry={retry} />;
  }
  if (never.isPending || invited.isPending) return <Skeleton h={250} maw={640} />;
  if (never.data + invited.data === 0) {
    return (
      <EmptyState
        icon={<IconUserCheck size={40} stroke={1.5} aria-hidden />}
        title={t('invitations.nobodyTitle')}
        hint={t('invitations.nobodyHint')}
      />
    );
  }
  const scope = chosen ?? (never.data > 0 ? 'never' : 'all');
  const total = never.data + invited.data;
  return (
    <Paper p="lg" maw={640}>
      <Stack>
        <Text size="sm">{t('invitations.intro')}</Text>
        <Radio.Group
          label={t('invitations.whom')}
          value={scope}
          onChange={(value) => setScope(value as InvitationScope)}
        >
          <Stack gap="sm" mt="xs">
            {never.data > 0 && (
              <Radio
                value="never"
                label={t('invitations.never')}
                description={t('invitations.neverHint', { count: never.data })}
              />
            )}
            {invited.data > 0 && (
              <Radio
                value="all"
                label={t('invitations.all')}
                description={t('invitations.allHint', { count: total })}
              />
            )}
          </Stack>
        </Radio.Group>
        <Group>
          <Button
            onClick={() => {
              invite.reset();
              setAsking(true);
            }}
          >
            {t('invitations.submit')}
          </Button>
        </Group>
      </Stack>
      <ConfirmModal
        opened={isAsking}
        title={t('invitations.confirmTitle')}
        confirmLabel={t('invitations.submit')}
        isPending={invite.isPending}
        error={invite.error}
        onClose={() => setAsking(false)}
        onConfirm={() => invite.start(scope, onIssued)}
      >
        <Stack gap="xs">
          {scope === 'all' && (
            <Text size="sm" fw={600}>
              {t('invitations.confirmText', { count: invited.data })}
            </Text>
          )}
          <Text size="sm">{t('invitations.confirmNone')}</Text>
        </Stack>
      </ConfirmModal>
    </Paper>
  );
}
