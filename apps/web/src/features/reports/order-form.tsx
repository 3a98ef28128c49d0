import { Button, Group, Paper, SegmentedControl, Select, Skeleton, Stack } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUrlFilters } from '../../ui/use-url-filters';
import { DateField } from '../../ui/date-field/date-field';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { FormErrors } from '../../ui/form-errors';
import { notify } from '../../ui/notify';
import { useCheckedForm } from '../../ui/use-checked-form';
import { useOrderReport, type Report } from './queries';
import { OWN_DATES, useOrder } from './use-order';

/** What to make, of whom, and for which period. */
export function OrderForm() {
  const { t } = useTranslation(['reports', 'common']);
  const chosen = useOrder();
  const ordering = useOrderReport();
  const { setPage } = useUrlFilters();
  const isJournal = chosen.kind === 'class-subject-journal';
  const form = useCheckedForm({
    groupId: t('group'),
    classId: t('class'),
    periodId: t('period'),
    from: t('from'),
    to: t('to'),
  });

  if (chosen.error) return <ErrorAlert error={chosen.error} onRetry={chosen.retry} />;
  if (!chosen.isReady) return <Skeleton h={190} radius="md" aria-hidden />;
  if (chosen.groups.length === 0 && chosen.classes.length === 0) {
    return (
      <Paper>
        <EmptyState
          icon={<IconFileSpreadsheet size={40} stroke={1.5} aria-hidden />}
          title={t('noChoices')}
          hint={t('noChoicesHint')}
        />
      </Paper>
    );
  }

  const submit = async () => {
    const { from, to, hasOwnDates } = chosen;
    const found = form.show({
      groupId: isJournal && !chosen.group ? t('common:required') : undefined,
      classId: !isJournal && !chosen.schoolClass ? t('common:required') : undefined,
      to: hasOwnDates && from > to ? t('wrongOrder') : undefined,
      from: hasOwnDates && !chosen.isWithinOneYear ? t('outsideYear') : undefined,
    });
    if (found || ordering.isPending || !chosen.order) return;
    try {
      await ordering.run(chosen.order);
      setPage(1);
      await notify(t('ordered'));
    } catch (error) {
      form.showFrom(error);
    }
  };
  const choose = (name: string, field: Parameters<typeof form.clear>[0]) => (value: string | null) => {
    form.clear(field);
    ordering.reset();
    chosen.set({ [name]: value });
  };
  return (
    <Paper p="md" component="section" aria-label={t('newReport')}>
      <form {...form.formProps(() => void submit())}>
        <Stack gap="sm">
          <FormErrors errors={form.summary} />
          <ErrorAlert error={ordering.error} />
          {chosen.kinds.length > 1 && (
            <div style={{ overflowX: 'auto' }}>
              <SegmentedControl
                aria-label={t('kindLabel')}
                value={chosen.kind}
                onChange={(kind) => choose('kind', 'groupId')(kind)}
                data={chosen.kinds.map((value: Report['kind']) => ({ value, label: t(`kind.${value}`) }))}
              />
            </div>
          )}
          <Group gap="sm" align="flex-start">
            {isJournal ? (
              <Select
                id={form.idOf('groupId')}
                label={t('group')}
                placeholder={t('chooseGroup')}
                searchable
                openOnFocus={false}
                allowDeselect={false}
                style={{ flex: '1 1 18rem', maxWidth: 420 }}
                limit={200}
                nothingFoundMessage={t('nothingFound')}
                value={chosen.group?.groupId ?? null}
                data={byOwner(chosen.groups, t('mine'), t('others'), t('past'))}
                onChange={choose('group', 'groupId')}
                error={form.errors.groupId}
              />
            ) : (
              <Select
                id={form.idOf('classId')}
                label={t('class')}
                placeholder={t('chooseClass')}
                searchable
                openOnFocus={false}
                allowDeselect={false}
                w={160}
                nothingFoundMessage={t('nothingFound')}
                value={chosen.schoolClass?.classId ?? null}
                data={byOwner(chosen.classes, t('mineClasses'), t('others'), t('past'))}
                onChange={choose('class', 'classId')}
                error={form.errors.classId}
              />
            )}
            <Select
              id={form.idOf('periodId')}
              label={t('period')}
              allowDeselect={false}
              w={200}
              value={chosen.hasOwnDates ? OWN_DATES : (chosen.period?.periodId ?? null)}
              data={[...chosen.periodChoices, { value: OWN_DATES, label: t('ownDates') }]}
              onChange={choose('period', 'periodId')}
              error={form.errors.periodId}
            />
            {chosen.hasOwnDates &&
              (['from', 'to'] as const).map((name) => (
                <DateField
                  key={name}
                  id={form.idOf(name)}
                  label={t(name)}
                  w={190}
                  value={chosen[name]}
                  min={chosen.years?.startDate}
                  max={chosen.years?.endDate}
                  onChange={choose(name, name)}
                  error={form.errors[name]}
                />
              ))}
            <Button
              type="submit"
              mt={{ base: 0, sm: 25 }}
              loading={ordering.isPending}
              leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            >
              {t('make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

/** The own ones stand before the others, those of years that are over after them. */
function byOwner(
  choices: readonly ({ title: string; isMine: boolean; isPast: boolean } & (
    { groupId: string } | { classId: string }
  ))[],
  mine: string,
  others: string,
  past: string,
) {
  const items = (isWanted: (one: (typeof choices)[number]) => boolean) =>
    choices
      .filter(isWanted)
      .map((one) => ({ value: 'groupId' in one ? one.groupId : one.classId, label: one.title }));
  const groups = [
    { group: mine, items: items((one) => one.isMine && !one.isPast) },
    { group: others, items: items((one) => !one.isMine && !one.isPast) },
    { group: past, items: items((one) => one.isPast) },
  ].filter((group) => group.items.length > 0);
  return groups.length === 1 ? groups[0]!.items : groups;
}
