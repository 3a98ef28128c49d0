import { Paper, Stack, Table, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { OUTCOMES } from './use-job-columns';

/** In the order in which a package is applied: each kind needs those before it. */
const ENTITIES = [
  'orgs',
  'academicSessions',
  'courses',
  'classes',
  'users',
  'roles',
  'enrollments',
  'demographics',
] as const;

export function JobCounts({ job }: { job: Schemas['RosterJobView'] }) {
  const { t } = useTranslation(['exchange', 'common']);
  const formats = useFormats();
  const titleId = useId();
  const isOnlyChecked = job.state !== 'applied';
  const shown = (value: number) => (value === 0 ? t('common:none') : formats.number(value));
  const sum = (outcome: (typeof OUTCOMES)[number]) =>
    ENTITIES.reduce((total, entity) => total + job.counts[entity][outcome], 0);
  const isNothingRead = ENTITIES.every(
    (entity) =>
      recordsOf(job, entity) === 0 && OUTCOMES.every((outcome) => job.counts[entity][outcome] === 0),
  );
  if (isNothingRead) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2} id={titleId}>
        {isOnlyChecked ? t('job.countsTitleDry') : t('job.countsTitle')}
      </Title>
      <Paper style={{ overflow: 'hidden' }}>
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-labelledby={titleId}>
          <Table miw={640} tabularNums>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('job.entity')}</Table.Th>
                <Table.Th scope="col" ta="right">
                  {t('job.records')}
                </Table.Th>
                {OUTCOMES.map((outcome) => (
                  <Table.Th key={outcome} scope="col" ta="right">
                    {t(`counts.${outcome}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {ENTITIES.map((entity) => (
                <Table.Tr key={entity}>
                  <Table.Th scope="row" fw={400}>
                    {t(`job.entities.${entity}`)}
                  </Table.Th>
                  <Table.Td ta="right">{shown(recordsOf(job, entity))}</Table.Td>
                  {OUTCOMES.map((outcome) => (
                    <Table.Td
                      key={outcome}
                      ta="right"
                      fw={outcome === 'rejected' && job.counts[entity].rejected > 0 ? 600 : undefined}
                    >
                      {shown(job.counts[entity][outcome])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th scope="row">{t('job.total')}</Table.Th>
                <Table.Td ta="right" fw={600}>
                  {shown(ENTITIES.reduce((total, entity) => total + recordsOf(job, entity), 0))}
                </Table.Td>
                {OUTCOMES.map((outcome) => (
                  <Table.Td key={outcome} ta="right" fw={600}>
                    {shown(sum(outcome))}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </div>
      </Paper>
    </Stack>
  );
}

/** Counted by file: «users.csv», or the bare name. */
function recordsOf(job: Schemas['RosterJobView'], entity: (typeof ENTITIES)[number]): number {
  return job.records[`${entity}.csv`] ?? job.records[entity] ?? 0;
}
