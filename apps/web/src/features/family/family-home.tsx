import { Avatar, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { useWorking } from '../../session/workspace';
import { EmptyState } from '../../ui/empty-state';
import { fullName, initials } from '../../ui/names';
import { Page } from '../../ui/page';
import { AccountCard } from './account-card';

/** What the family's diary opens on: whose diary it is. */
export function Component() {
  const { t } = useTranslation('family');
  const { me, workspace } = useWorking();
  const formats = useFormats();
  const isStudent = workspace.roles.includes('student');
  const children = me.children.toSorted((a, b) => formats.compare(fullName(a), fullName(b)));
  return (
    <Page title={t('today')} note={formats.day(new Date())}>
      <Stack gap="lg">
        <Stack gap="sm" component="section">
          <Title order={2}>{isStudent ? t('me') : t('children')}</Title>
          {children.length === 0 ? (
            <Paper>
              <EmptyState
                icon={<IconUsers size={40} stroke={1.5} aria-hidden />}
                title={t('noChildren')}
                hint={t('noChildrenHint')}
              />
            </Paper>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {children.map((child) => (
                <ChildCard key={child.studentId} child={child} schools={me.schools} />
              ))}
            </SimpleGrid>
          )}
        </Stack>
        <AccountCard />
      </Stack>
    </Page>
  );
}

function ChildCard({ child, schools }: { child: Me['children'][number]; schools: Me['schools'] }) {
  const { t } = useTranslation('family');
  const school = schools.find(({ schoolId }) => schoolId === child.schoolId);
  return (
    <Paper p="md">
      <Group gap="md" wrap="nowrap" align="flex-start">
        <Avatar size={48} color="ink" variant="filled" aria-hidden>
          {initials(child)}
        </Avatar>
        <div style={{ minWidth: 0 }}>
          <Text fw={600}>{fullName(child)}</Text>
          <Text size="sm">{child.classTitle ? t('class', { title: child.classTitle }) : t('noClass')}</Text>
          {/* With one school its name stands in the top bar already. */}
          {school && schools.length > 1 && (
            <Text size="sm" c="dimmed">
              {school.name}
            </Text>
          )}
        </div>
      </Group>
    </Paper>
  );
}
