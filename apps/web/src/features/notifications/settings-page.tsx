import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { Page } from '../../ui/page';
import { ChildrenSection } from './children-section';
import { ContactCard } from './contact-card';
import { HoursForm } from './hours-form';
import { useSettings } from './queries';

/** How the family hears of the children: where, what, when. */
export function Component() {
  const { t } = useTranslation('family');
  const settings = useSettings();
  return (
    <Page title={t('notify.title')} note={t('notify.note')}>
      {settings.isError ? (
        <ErrorAlert error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.isPending ? (
        <Stack gap="lg" aria-busy>
          <Skeleton h={150} />
          <Skeleton h={150} />
          <Skeleton h={260} />
        </Stack>
      ) : settings.data.children.length === 0 ? (
        <EmptyState
          icon={<IconBellOff size={40} stroke={1.5} aria-hidden />}
          title={t('notify.emptyTitle')}
          hint={t('notify.emptyHint')}
        />
      ) : (
        <Stack gap="xl">
          {settings.data.schools.map((school) => (
            <Stack key={school.schoolId} gap="sm" component="section" aria-label={school.schoolName}>
              <Title order={2}>{t('notify.where')}</Title>
              {settings.data.schools.length > 1 && <Text c="dimmed">{school.schoolName}</Text>}
              <ContactCard school={school} channel="email" />
              <ContactCard school={school} channel="sms" />
              <HoursForm school={school} />
            </Stack>
          ))}
          {settings.data.schools.map((school) => {
            const pupils = settings.data.children.filter(({ schoolId }) => schoolId === school.schoolId);
            return (
              pupils.length > 0 && <ChildrenSection key={school.schoolId} pupils={pupils} school={school} />
            );
          })}
        </Stack>
      )}
    </Page>
  );
}
