import { Button, Code, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import type { Column } from '../../ui/data-table';
import { ErrorAlert } from '../../ui/error-alert';
import { ListView } from '../../ui/list-view';
import { notify } from '../../ui/notify';
import { Page } from '../../ui/page';
import { ReasonForm } from '../../ui/reason-form';
import { TonePanel } from '../../ui/tone-panel';
import { isKnownService } from './services';
import { useDiscard, useParkedFacts, useRedrive, type ParkedFact } from './queries';

const keyOf = (fact: ParkedFact): string => `${fact.consumer} ${fact.position}`;

/** Events that a service could not handle: what, why, and the way to try again or to give up. */
export function Component() {
  const { t } = useTranslation(['operations', 'common']);
  const formats = useFormats();
  const parked = useParkedFacts();
  const redrive = useRedrive();
  const [tried, setTried] = useState<string | null>(null);
  const [givenUp, setGivenUp] = useState<ParkedFact | null>(null);
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
      width: 190,
      align: 'right',
      card: 'corner',
      cell: (fact) => (
        <Stack align="flex-end" gap={4}>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red.9"
            aria-label={t('discardNamed', { what: fact.type })}
            onClick={() => setGivenUp(fact)}
          >
            {t('discard')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={redrive.isPending && tried === keyOf(fact)}
            aria-label={t('redriveNamed', { what: fact.type })}
            onClick={() => tryAgain(fact)}
          >
            {t('redrive')}
          </Button>
        </Stack>
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
        minWidth={1130}
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
      <Modal
        opened={givenUp !== null}
        onClose={() => setGivenUp(null)}
        title={t('discardTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {givenUp && (
          <DiscardForm
            fact={givenUp}
            serviceName={nameOf(givenUp.service)}
            onClose={() => setGivenUp(null)}
          />
        )}
      </Modal>
    </Page>
  );
}

interface DiscardFormProps {
  fact: ParkedFact;
  serviceName: string;
  onClose(): void;
}

function DiscardForm({ fact, serviceName, onClose }: DiscardFormProps) {
  const { t } = useTranslation('operations');
  const discard = useDiscard();
  const { service, consumer, position } = fact;
  return (
    <ReasonForm
      text={t('discardText', { service: serviceName })}
      label={t('discardReason')}
      hint={t('discardReasonHint')}
      submitLabel={t('discard')}
      isDangerous
      isPending={discard.isPending}
      error={discard.error}
      onSubmit={async (reason) => {
        await discard.run({ service, consumer, position, reason });
        void notify(t('discarded'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
