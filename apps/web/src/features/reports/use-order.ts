import { useWorking } from '../../session/workspace';
import { useUrlFilters } from '../../ui/use-url-filters';
import { isDate, useToday } from '../journal/dates';
import { currentPeriod, periodChoices, periodsByYear } from '../journal/periods';
import { useSchoolYears } from '../journal/queries';
import { REPORT_KINDS, useReportChoices, type ReportOrder } from './queries';

/** The choice of a person who wants other dates than a period’s. */
export const OWN_DATES = 'dates';

/**
 * What is to be made, as the form shows it: from the address (a link from a journal fills it in), else what is most
 * likely — the own journal or class, the current period.
 */
export function useOrder() {
  const { params, oneOf, set } = useUrlFilters();
  const { workspace } = useWorking();
  const today = useToday();
  const choices = useReportChoices();
  const years = useSchoolYears();
  const groups = choices.data?.groups ?? [];
  const classes = choices.data?.classes ?? [];
  const kinds = REPORT_KINDS.filter((kind) => kind !== 'class-progress' || classes.length > 0);
  const kind = oneOf('kind', kinds) ?? 'class-subject-journal';
  const isJournal = kind === 'class-subject-journal';

  const group =
    groups.find((one) => one.groupId === params.get('group')) ?? groups.find((one) => one.isMine) ?? null;
  const schoolClass =
    classes.find((one) => one.classId === params.get('class')) ?? classes.find((one) => one.isMine) ?? null;
  const classTitle = (isJournal ? group?.classTitle : schoolClass?.title) ?? null;

  const schoolId = workspace.school?.schoolId;
  const byYear = years.data ? periodsByYear(years.data, schoolId, classTitle ?? '1') : [];
  const periods = byYear.flatMap((one) => one.periods);
  const isPast = (isJournal ? group : schoolClass)?.isPast ?? false;
  const usual = isPast && byYear.length > 1 ? byYear[1]! : byYear[0];
  const allYears = [...(years.data?.years ?? []), ...(years.data?.earlier ?? [])].filter(
    (one) => one.schoolId === schoolId,
  );
  const spanOfYears = allYears.length > 0 && {
    startDate: allYears.map((one) => one.startDate).sort()[0]!,
    endDate: allYears
      .map((one) => one.endDate)
      .sort()
      .at(-1)!,
  };
  const hasOwnDates = params.get('period') === OWN_DATES;
  const period = hasOwnDates
    ? null
    : (periods.find(({ periodId }) => periodId === params.get('period')) ??
      currentPeriod(usual?.periods ?? [], today));
  const dateOf = (name: 'from' | 'to', otherwise: string) => {
    const given = params.get(name);
    return isDate(given) ? given : otherwise;
  };
  const from = dateOf('from', period?.startDate ?? allYears[0]?.startDate ?? today);
  const to = dateOf('to', period?.endDate ?? today);

  const subject = isJournal
    ? group && ({ kind: 'class-subject-journal', groupId: group.groupId } as const)
    : schoolClass && ({ kind: 'class-progress', classId: schoolClass.classId } as const);
  const span = period ? { periodId: period.periodId } : { from, to };
  return {
    kinds,
    kind,
    groups,
    classes,
    group,
    schoolClass,
    years: spanOfYears || null,
    isWithinOneYear:
      allYears.length === 0 || allYears.some((one) => one.startDate <= from && to <= one.endDate),
    periodChoices: periodChoices(byYear),
    period,
    from,
    to,
    hasOwnDates: hasOwnDates || periods.length === 0,
    isReady: choices.isSuccess && years.isSuccess,
    error: choices.error ?? years.error,
    retry: () => void (choices.isError ? choices.refetch() : years.refetch()),
    set: (changes: Record<string, string | null>) => set(changes),
    order: subject && ({ ...subject, ...span } satisfies ReportOrder),
  };
}
