import { Anchor, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useWorking } from '../../session/workspace';
import { shortName } from '../../ui/names';
import { Page } from '../../ui/page';
import { rememberChild, useChildren } from './children';
import { ChildSwitch } from './child-switch';
import classes from './diary.module.css';
import pills from './pills.module.css';

interface DiaryFrameProps {
  studentId: string;
  view: 'diary' | 'marks';
  /** as the diary itself says it: staff have no list of children to know it from */
  pupil?: { studentName: string; classTitle: string | null };
  children: ReactNode;
}

const pathOf = (view: DiaryFrameProps['view'], studentId: string): string =>
  view === 'diary' ? `/diary/${studentId}` : `/diary/${studentId}/marks`;

/** The same head for the diary and the marks: whose they are, and the way to another child. */
export function DiaryFrame({ studentId, view, pupil, children }: DiaryFrameProps) {
  const { t } = useTranslation('diary');
  const { me, workspace } = useWorking();
  const location = useLocation();
  const state = location.state as { classId?: string } | null;
  const own = useChildren().find((child) => child.studentId === studentId);
  const isFamily = workspace.kind === 'family';
  const name = own ? shortName(own) : pupil?.studentName;
  const classTitle = own ? own.classTitle : pupil?.classTitle;
  const title = t(view === 'diary' ? 'title' : 'marks');

  useEffect(() => {
    if (own) rememberChild(me.accountId, own.studentId);
  }, [me.accountId, own]);

  return (
    <Stack gap="md">
      {isFamily && (
        <ChildSwitch
          current={studentId}
          // The week stays, for one looks at the same days of both; a period belongs to one child's school.
          to={(child) => ({
            pathname: pathOf(view, child.studentId),
            search: view === 'diary' ? location.search : '',
          })}
        />
      )}
      <Page
        title={title}
        note={name ? (classTitle ? t('pupil', { name, classTitle }) : name) : '\u00a0'}
        before={
          state?.classId && (
            <Anchor component={Link} to={`/classes/${state.classId}`} size="sm" className={classes.back}>
              <IconArrowLeft size={16} aria-hidden />
              {t('backToClass')}
            </Anchor>
          )
        }
        actions={
          !isFamily && (
            <nav aria-label={t('views')} className={pills.pills}>
              {(['diary', 'marks'] as const).map((other) => (
                <Link
                  key={other}
                  to={pathOf(other, studentId)}
                  state={state}
                  className={pills.pill}
                  aria-current={other === view ? 'page' : undefined}
                >
                  {t(other === 'diary' ? 'title' : 'marks')}
                </Link>
              ))}
            </nav>
          )
        }
      >
        {children}
      </Page>
    </Stack>
  );
}
