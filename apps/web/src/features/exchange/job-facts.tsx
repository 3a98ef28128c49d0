import { ActionIcon, CopyButton, Group, Paper, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';

export function JobFacts({ job }: { job: Schemas['RosterJobView'] }) {
  const { t } = useTranslation(['exchange', 'common']);
  const formats = useFormats();
  const facts: [string, ReactNode][] = [
    [t('job.source'), job.sourceSystem ?? t('noSource')],
    [t('job.submittedBy'), job.submittedBy],
    [t('job.submittedAt'), formats.moment(job.submittedAt)],
    [t('job.finishedAt'), job.finishedAt ? formats.moment(job.finishedAt) : t('common:none')],
    [t('job.size'), formats.bytes(job.size)],
    [t('job.checksum'), <Checksum key="sha" value={job.sha256} />],
  ];
  return (
    <Paper p="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md" verticalSpacing="sm" component="dl" m={0}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function Checksum({ value }: { value: string }) {
  const { t } = useTranslation(['exchange', 'common']);
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Text span size="sm" ff="monospace" title={value}>
        {value.slice(0, 16)}…
      </Text>
      <CopyButton value={value}>
        {({ copied, copy }) => {
          const label = copied ? t('common:copied') : t('common:copyNamed', { name: t('job.checksum') });
          return (
            <Tooltip label={label}>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="dimmed"
                size="sm"
                onClick={copy}
                aria-label={label}
              >
                {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          );
        }}
      </CopyButton>
    </Group>
  );
}
