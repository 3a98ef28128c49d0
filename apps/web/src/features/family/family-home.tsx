import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormats } from '../../i18n/use-formats';
import { useWorking } from '../../session/workspace';
import { Page } from '../../ui/page';
import { ChildSwitch } from '../diary/child-switch';
import { useChildren } from '../diary/children';
import { NoChildren } from '../diary/no-children';
import { ChildDay } from './child-day';

/** What was today, what is for tomorrow, what is new; of all children, or of one. */
export function Component() {
  const { t } = useTranslation('family');
  const { workspace } = useWorking();
  const formats = useFormats();
  const [params] = useSearchParams();
  const children = useChildren();
  const chosen = children.find(({ studentId }) => studentId === params.get('child'));
  return (
    <Stack gap="md">
      <ChildSwitch
        current={chosen?.studentId ?? null}
        all="/"
        to={({ studentId }) => ({ pathname: '/', search: `?child=${studentId}` })}
      />
      <Page title={t('today')} note={formats.day(new Date())}>
        {children.length === 0 && <NoChildren />}
        <Stack gap="xl">
          {(chosen ? [chosen] : children).map((child) => (
            <ChildDay
              key={child.studentId}
              child={child}
              isNamed={children.length > 1 || !workspace.roles.includes('student')}
            />
          ))}
        </Stack>
      </Page>
    </Stack>
  );
}
