import { Box, Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconEyeOff, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { useSession } from '../../session/use-session';
import { fullName } from '../../ui/names';
import { PrintSheet } from '../../ui/print-sheet';
import { ResultCount } from '../../ui/result-count';
import { TonePanel } from '../../ui/tone-panel';
import { InvitationSlip, SlipSheet } from '../slips/slips';

type Shown = 'all' | 'student' | 'guardian';

/** The codes exist on this screen only; leaving it before printing is stopped. */
export function InvitationSheet({ issued }: { issued: Schemas['IssuedInvitations'] }) {
  const { t } = useTranslation(['classes', 'common']);
  const formats = useFormats();
  const session = useSession();
  const [shown, setShown] = useState<Shown>('all');
  const [isPrinted, setPrinted] = useState(false);
  const blocker = useBlocker(!isPrinted && session.status === 'signed-in');

  useEffect(() => {
    if (isPrinted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const printed = () => setPrinted(true);
    window.addEventListener('beforeunload', ask);
    window.addEventListener('afterprint', printed);
    return () => {
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('afterprint', printed);
    };
  }, [isPrinted]);

  // A child and then its parents: slips of one family stay together when cut.
  const keyOf = (row: Schemas['IssuedInvitation']) => row.studentName ?? fullName(row);
  const slips = issued.invitations
    .filter(({ personKind }) => shown === 'all' || personKind === shown)
    .toSorted(
      (a, b) =>
        formats.compare(keyOf(a), keyOf(b)) ||
        Number(a.personKind === 'guardian') - Number(b.personKind === 'guardian') ||
        formats.compare(fullName(a), fullName(b)),
    );
  const sheet = (
    <SlipSheet label={t('invitations.ready', { count: slips.length })}>
      {slips.map((invitation) => (
        <InvitationSlip
          key={`${invitation.personId} ${invitation.code}`}
          schoolName={issued.schoolName}
          classTitle={issued.classTitle}
          invitation={invitation}
        />
      ))}
    </SlipSheet>
  );

  return (
    <Stack>
      <TonePanel tone="warn" icon={<IconEyeOff size={20} aria-hidden />}>
        {t('invitations.once')}
      </TonePanel>
      <Group>
        <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('common:print')}
        </Button>
        <SegmentedControl
          aria-label={t('invitations.show')}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={[
            { value: 'all', label: t('invitations.showAll') },
            { value: 'student', label: t('invitations.showStudents') },
            { value: 'guardian', label: t('invitations.showGuardians') },
          ]}
        />
        <ResultCount text={t('invitations.ready', { count: slips.length })} />
      </Group>
      <Box style={{ border: '1px solid var(--parta-line)' }} bg="#fff" p="md" maw="calc(186mm + 2rem)">
        {sheet}
      </Box>
      <PrintSheet>{sheet}</PrintSheet>
      <Modal
        opened={blocker.state === 'blocked'}
        onClose={() => blocker.reset?.()}
        title={t('invitations.leaveTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Text size="sm">{t('invitations.leaveText')}</Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('invitations.leave')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('invitations.stay')}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
