import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/types';
import { may, ownClasses } from '../../session/roles';
import { useWorking } from '../../session/workspace';
import { useFormats } from '../../i18n/use-formats';
import { Page } from '../../ui/page';
import { OpeningsPanel } from '../openings/openings-panel';
import { MissingSection } from '../oversight/missing-section';
import { DaySection } from '../teacher-day/day-section';
import { AccountsPanel } from './accounts-panel';
import { ClassTeachersPanel } from './class-teachers-panel';
import { OwnClassesPanel } from './own-classes-panel';
import { PersonPanel } from './person-panel';
import { SchoolClassesPanel } from './school-classes-panel';

const LEADERS: readonly Role[] = ['director', 'deputy-head'];

export function Component() {
  const { t } = useTranslation('home');
  const { workspace } = useWorking();
  const formats = useFormats();
  const own = ownClasses(workspace);
  const seesSchool = may(workspace, 'seeWholeSchool');
  return (
    <Page title={t('title')} note={formats.day(new Date())}>
      {may(workspace, 'teach') && <DaySection />}
      {may(workspace, 'oversee') && <OpeningsPanel />}
      {workspace.roles.some((role) => LEADERS.includes(role)) && <MissingSection />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        {own.length > 0 && <OwnClassesPanel classes={own} />}
        {seesSchool && <AccountsPanel />}
        {seesSchool && <ClassTeachersPanel />}
        {!seesSchool && may(workspace, 'listClasses') && <SchoolClassesPanel />}
        <PersonPanel />
      </SimpleGrid>
    </Page>
  );
}
