import { Group, Select, Switch } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { may, ownClasses } from '../../session/roles';
import { useWorking } from '../../session/workspace';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { DateField } from '../../ui/date-field/date-field';
import { useUrlFilters } from '../../ui/use-url-filters';
import { useClasses } from '../classes/queries';
import { addDays, isDate, useToday } from '../journal/dates';
import { AbsenceList } from './absence-list';

const LONGEST_DAYS = 62;

/** R130: absences of the class by day and pupil, with reasons. */
export function Component() {
  const { t } = useTranslation('oversight');
  const { workspace } = useWorking();
  const { params, set } = useUrlFilters();
  const today = useToday();
  const own = ownClasses(workspace);
  const seesAll = may(workspace, 'oversee') || workspace.roles.includes('social-pedagogue');
  const all = useClasses(seesAll).data;
  const classes = seesAll && all ? all : own;
  const classId =
    classes.find((one) => one.classId === params.get('class'))?.classId ??
    own[0]?.classId ??
    classes[0]?.classId;
  const title = classes.find((one) => one.classId === classId)?.title;
  const askedFrom = params.get('from');
  const askedTo = params.get('to');
  const to = isDate(askedTo) ? askedTo : today;
  const from = isDate(askedFrom) ? askedFrom : addDays(to, -6);
  const isRangeWrong = from > to || addDays(from, LONGEST_DAYS) < to;
  return (
    <Page title={title ? t('absences.titleOf', { title }) : t('absences.title')}>
      <Group gap="sm" align="flex-end">
        {classes.length > 1 && (
          <Select
            label={t('absences.class')}
            w={140}
            searchable
            allowDeselect={false}
            value={classId ?? null}
            data={classes.map((one) => ({ value: one.classId, label: one.title }))}
            onChange={(value) => set({ class: value })}
          />
        )}
        <DateField
          label={t('absences.from')}
          style={{ flex: '1 1 10rem', maxWidth: 190 }}
          value={from}
          max={to}
          onChange={(date) => set({ from: date })}
        />
        <DateField
          label={t('absences.to')}
          style={{ flex: '1 1 10rem', maxWidth: 190 }}
          value={to}
          error={isRangeWrong ? t('absences.rangeError') : undefined}
          onChange={(date) => set({ to: date })}
        />
        <Switch
          label={t('absences.only')}
          mb={8}
          checked={params.get('only') === '1'}
          onChange={(event) => set({ only: event.currentTarget.checked ? '1' : null })}
        />
      </Group>
      {classId && !isRangeWrong && (
        <AbsenceList
          key={`${classId} ${from} ${to}`}
          classId={classId}
          from={from}
          to={to}
          onlyUnexplained={params.get('only') === '1'}
          mayExplain={own.some((one) => one.classId === classId)}
        />
      )}
      {!classId && (!seesAll || all) && (
        <EmptyState
          icon={<IconSchool size={40} stroke={1.5} aria-hidden />}
          title={t('absences.noClasses')}
          hint={t('absences.noClassesHint')}
        />
      )}
    </Page>
  );
}
