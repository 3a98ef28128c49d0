import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { fullName } from '../../ui/names';

/** Whom the code is for: to be sure that the slip is one's own. */
export function InvitationCard({ invitation }: { invitation: Schemas['InvitationView'] }) {
  const { t } = useTranslation(['session', 'common']);
  const formats = useFormats();
  return (
    <Box
      p="md"
      bg="var(--parta-info-bg)"
      c="var(--parta-info-fg)"
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Text size="xs">{t('invitation.forWhom')}</Text>
      <Text fw={600}>{fullName(invitation)}</Text>
      <Text size="sm">
        {t(`common:kind.${invitation.personKind}`)}, {invitation.schoolName}
      </Text>
      {invitation.children.length > 0 && (
        <Text size="sm" mt={4}>
          {t('invitation.children')}: {invitation.children.join('; ')}
        </Text>
      )}
      <Text size="xs" mt={4}>
        {t('invitation.validUntil', { date: formats.day(invitation.expiresAt) })}
      </Text>
    </Box>
  );
}
