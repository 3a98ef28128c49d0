import { Anchor, Button } from '@mantine/core';
import { IconPrinter, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Schemas } from '../../api/types';
import { useFormats } from '../../i18n/use-formats';
import { mayInvite } from '../../session/roles';
import { useWorking } from '../../session/workspace';
import { BackLink } from '../../ui/back-link';
import type { Column } from '../../ui/data-table';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { mayReadDiaries } from '../diary/may-read';
import { useClass, useClasses } from './queries';

type Student = Schemas['ClassStudent'] & { number: number };

export function Component() {
  const { t } = useTranslation(['classes', 'common']);
  const { classId = '' } = useParams();
  const { workspace } = useWorking();
  const formats = useFormats();
  const view = useClass(classId);
  // The list usually is at hand already, and with it the title, before the class itself has come.
  const known = useClasses().data?.find((row) => row.classId === classId);
  const head = view.data ?? known;
  const students = view.data?.list
    .toSorted((a, b) => formats.compare(a.name, b.name))
    .map((student, at): Student => ({ ...student, number: at + 1 }));

  const columns: Column<Student>[] = [
    {
      key: 'number',
      header: t('class.number'),
      width: 48,
      align: 'right',
      card: 'hidden',
      cell: (row) => row.number,
    },
    {
      key: 'name',
      header: t('class.student'),
      card: 'title',
      clip: (row) => row.name,
      cell: (row) =>
        mayReadDiaries(workspace, classId) ? (
          <Anchor component={Link} to={`/diary/${row.studentId}`} state={{ classId }} inherit>
            {row.name}
          </Anchor>
        ) : (
          row.name
        ),
    },
    {
      key: 'birthDate',
      header: t('class.birthDate'),
      width: 130,
      cell: (row) => (row.birthDate ? formats.date(row.birthDate) : t('common:none')),
    },
    {
      key: 'guardians',
      header: t('class.guardians'),
      width: 440,
      clip: (row) => row.guardians.join(', '),
      cell: (row) => row.guardians.join(', ') || t('class.noGuardians'),
    },
    {
      key: 'enrolledFrom',
      header: t('class.enrolledFrom'),
      width: 130,
      cell: (row) => (row.enrolledFrom ? formats.date(row.enrolledFrom) : t('common:none')),
    },
  ];

  const title = head
    ? t(head.gradeLevel === null ? 'class.group' : 'class.title', { title: head.title })
    : t('title');
  return (
    <Page
      before={<BackLink to="/classes" text={t('class.back')} />}
      title={title}
      note={
        head &&
        (head.homeroomTeachers.length > 0
          ? t('class.teachers', {
              count: head.homeroomTeachers.length,
              names: head.homeroomTeachers.join(', '),
            })
          : t('noTeacher'))
      }
      actions={
        mayInvite(workspace, classId) && (
          <Button
            component={Link}
            to={`/classes/${classId}/invitations`}
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t('class.invite')}
          </Button>
        )
      }
    >
      <ListView
        query={view}
        count={students && t('common:students', { count: students.length })}
        label={title}
        columns={columns}
        rows={students}
        rowKey={(row) => row.studentId}
        skeletonRows={known?.students ?? 25}
        minWidth={900}
        empty={{ Icon: IconUsers, title: t('class.emptyTitle'), hint: t('class.emptyHint') }}
      />
    </Page>
  );
}
