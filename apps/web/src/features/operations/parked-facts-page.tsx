import { Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { ErrorAlert } from '../../ui/error-alert';
import { ListView } from '../../ui/list-view';
import { notify } from '../../ui/notify';
import { Page } from '../../ui/page';
import { TonePanel } from '../../ui/tone-panel';
import { isKnownService } from './services';
import { useParkedFacts, useRedrive, type ParkedFact } from './queries';

const keyOf = (fact: ParkedFact): string => `${fact.consumer} ${fact.aggregateId} ${fact.factId ?? ''}`;

/** Events that a service could not handle: what, why, and the way to try again. */
export function Component() {
  const { t } = useTranslation('operations');
  const formats = useFormats();
  const parked = useParkedFacts();
  const redrive = useRedrive();
  const [tried, setTried] = useState<string | null>(null);
  const nameOf = (service: string): string => (isKnownService(service) ? t(`service.${service}`) : service);

  const tryAgain = (fact: ParkedFact): void => {
    const { service, consumer, aggregateId } = fact;
    setTried(keyOf(fact));
    redrive.start({ service, consumer, aggregateId }, ({ handled }) => {
      void notify(t('handled', { count: handled }));
    });
  };

  const columns: Column<ParkedFact>[] = [
    {
      key: 'what',
      header: t('what'),
      card: 'title',
      width: 280,
      cell: (fact) => <Code style={{ overflowWrap: 'anywhere' }}>{fact.type}</Code>,
    },
    { key: 'service', header: t('where'), width: 150, cell: (fact) => nameOf(fact.service) },
    {
      key: 'reason',
      header: t('reason'),
      cell: (fact) => (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {fact.reason}
        </Text>
      ),
    },
    { key: 'attempts', header: t('attempts'), width: 100, align: 'right', cell: (fact) => fact.attempts },
    { key: 'since', header: t('since'), width: 150, cell: (fact) => formats.stamp(fact.parkedAt) },
    {
      key: 'actions',
      header: '',
      width: 176,
      align: 'right',
      card: 'corner',
      cell: (fact) => (
        <Group justify="flex-end">
          <Button
            size="compact-sm"
            variant="default"
            loading={redrive.isPending && tried === keyOf(fact)}
            aria-label={t('redriveNamed', { what: fact.type })}
            onClick={() => tryAgain(fact)}
          >
            {t('redrive')}
          </Button>
        </Group>
      ),
    },
  ];

  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={
        <Button variant="default" loading={parked.isFetching} onClick={() => void parked.refetch()}>
          {t('refresh')}
        </Button>
      }
    >
      <ListView
        query={parked}
        count={parked.data && t('count', { count: parked.data.facts.length })}
        label={t('title')}
        columns={columns}
        rows={parked.data?.facts}
        rowKey={keyOf}
        skeletonRows={3}
        minWidth={1120}
        empty={{ Icon: IconMailCheck, title: t('emptyTitle'), hint: t('emptyHint') }}
      >
        {parked.data && parked.data.unreachable.length > 0 && (
          <TonePanel tone="warn" icon={<IconAlertTriangle size={20} aria-hidden />}>
            {t('unreachable', { services: parked.data.unreachable.map(nameOf).join(', ') })}
          </TonePanel>
        )}
        {parked.data?.hasMore && <Text size="sm">{t('hasMore')}</Text>}
        <ErrorAlert error={redrive.error} />
      </ListView>
    </Page>
  );
}
