import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { bodyOf } from '../../api/transport';
import type { Schemas } from '../../api/types';
import { useCommand } from '../../api/use-command';
import { useFormats } from '../../i18n/use-formats';
import { ConfirmModal } from '../../ui/confirm-modal';
import type { Column } from '../../ui/data-table';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { ToneBadge } from '../../ui/tone-badge';
import { notify } from '../../ui/notify';
import { deviceOf } from './device';
import { mySessionsKey, useMySessions } from './queries';

type Row = Schemas['SessionRow'];

export function Component() {
  const { t } = useTranslation(['session', 'common']);
  const formats = useFormats();
  const queries = useQueryClient();
  const sessions = useMySessions();
  const [ending, setEnding] = useState<Row | null>(null);
  const end = useCommand(
    (sessionId: string, headers) =>
      bodyOf(api.DELETE('/api/v1/me/sessions/{sessionId}', { params: { path: { sessionId } }, headers })),
    { onSettled: () => void queries.invalidateQueries({ queryKey: mySessionsKey }) },
  );

  const nameOf = ({ userAgent }: Row): string => {
    const { browser, system } = deviceOf(userAgent);
    if (browser && system) return t('sessions.deviceName', { browser, system });
    return browser ?? system ?? t('sessions.unknownDevice');
  };

  const columns: Column<Row>[] = [
    {
      key: 'device',
      header: t('sessions.device'),
      card: 'title',
      cell: (row) => {
        const Icon = deviceOf(row.userAgent).isPhone ? IconDeviceMobile : IconDeviceDesktop;
        return (
          <Group gap="xs" wrap="nowrap">
            <Icon size={18} aria-hidden style={{ flexShrink: 0 }} />
            <Text size="sm" title={row.userAgent ?? undefined}>
              {nameOf(row)}
            </Text>
          </Group>
        );
      },
    },
    {
      key: 'address',
      header: t('sessions.address'),
      width: 170,
      cell: (row) => row.address ?? t('common:none'),
    },
    {
      key: 'lastUsed',
      header: t('sessions.lastUsed'),
      width: 170,
      cell: (row) => formats.moment(row.lastUsedAt),
    },
    {
      key: 'started',
      header: t('sessions.started'),
      width: 140,
      cell: (row) => formats.stamp(row.startedAt),
    },
    {
      key: 'end',
      header: '',
      width: 140,
      align: 'right',
      card: 'corner',
      cell: (row) =>
        row.isCurrent ? (
          <ToneBadge tone="good" icon={<IconCheck size={12} aria-hidden />}>
            {t('sessions.current')}
          </ToneBadge>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('sessions.endNamed', { device: nameOf(row) })}
            onClick={() => {
              end.reset();
              setEnding(row);
            }}
          >
            {t('sessions.end')}
          </Button>
        ),
    },
  ];

  const rows = sessions.data?.toSorted(
    (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.lastUsedAt.localeCompare(a.lastUsedAt),
  );
  return (
    <Page title={t('sessions.title')} note={t('sessions.note')}>
      <ListView
        query={sessions}
        count={rows && t('sessions.count', { count: rows.length })}
        label={t('sessions.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.sessionId}
        skeletonRows={3}
        minWidth={760}
        empty={{ title: t('sessions.empty') }}
      />

      <ConfirmModal
        opened={ending !== null}
        title={t('sessions.confirmTitle')}
        confirmLabel={t('sessions.end')}
        isPending={end.isPending}
        error={end.error}
        onClose={() => setEnding(null)}
        onConfirm={() =>
          end.start(ending!.sessionId, () => {
            setEnding(null);
            void notify(t('sessions.ended'));
          })
        }
      >
        <Text size="sm">{ending && t('sessions.confirmText', { device: nameOf(ending) })}</Text>
      </ConfirmModal>
    </Page>
  );
}
