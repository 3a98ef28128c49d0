import { Button } from '@mantine/core';
import { IconPrinter, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { useMay, useWorking } from '../../session/workspace';
import { EmptyState } from '../../ui/empty-state';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { ChooseClassDialog } from './choose-class-dialog';
import { PeopleFilters } from './people-filters';
import { PersonDialogs, type PersonDialog } from './person-dialogs';
import { PAGE_SIZE, usePeople } from './queries';
import { usePeopleColumns } from './use-people-columns';
import { usePeopleFilter } from './use-people-filter';

export function Component() {
  const { t } = useTranslation('people');
  const { workspace } = useWorking();
  const mayInviteAny = useMay('inviteAnyClass');
  const filter = usePeopleFilter();
  const needsSchool = workspace.kind === 'region' && !filter.query.schoolId;
  const people = usePeople(filter.query, !needsSchool);
  const [dialog, setDialog] = useState<PersonDialog | null>(null);
  const [isChoosingClass, setChoosingClass] = useState(false);
  const open = (name: PersonDialog['name']) => (person: PersonRow) => setDialog({ name, person });
  const columns = usePeopleColumns({
    onCreate: open('create'),
    onInvite: open('invite'),
    onReset: open('reset'),
    onBlock: open('block'),
    onRoles: open('roles'),
  });

  return (
    <Page
      title={t('title')}
      note={filter.schoolName}
      actions={
        mayInviteAny && (
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => setChoosingClass(true)}
          >
            {t('actions.inviteClass')}
          </Button>
        )
      }
    >
      <PeopleFilters filter={filter} />
      {needsSchool ? (
        <EmptyState
          icon={<IconUsers size={40} stroke={1.5} aria-hidden />}
          title={t('chooseSchoolTitle')}
          hint={t('chooseSchoolHint')}
        />
      ) : (
        <>
          <ListView
            query={people}
            count={people.data && t('found', { count: people.data.total })}
            label={t('title')}
            columns={columns}
            rows={people.data?.people}
            rowKey={(row) => row.personId}
            skeletonRows={14}
            sort={filter.query.sort ?? 'name'}
            onSort={(sort) => filter.set({ sort: sort === 'name' ? null : sort })}
            minWidth={1060}
            empty={{
              Icon: IconUsers,
              title: t('emptyTitle'),
              hint: filter.isNarrowed ? t('emptyHint') : t('emptyAllHint'),
              onReset: filter.isNarrowed && filter.reset,
            }}
            paging={{
              page: filter.page,
              pageSize: PAGE_SIZE,
              total: people.data?.total,
              onPage: filter.setPage,
            }}
          />
        </>
      )}
      <PersonDialogs
        dialog={dialog}
        // The dialog shows the person as the list knows it now: roles change under it.
        person={people.data?.people.find((row) => row.personId === dialog?.person.personId)}
        onClose={() => setDialog(null)}
      />
      {mayInviteAny && <ChooseClassDialog opened={isChoosingClass} onClose={() => setChoosingClass(false)} />}
    </Page>
  );
}
