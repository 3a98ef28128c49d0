import { Checkbox, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconMoodCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { EmptyState } from '../../ui/empty-state';
import { ErrorAlert } from '../../ui/error-alert';
import { ResultCount } from '../../ui/result-count';
import { LETTERS } from '../journal/grid/cell-text';
import { byDayAndStudent, isUnexplained, keyOf, type Absence, type AbsentStudent } from './absence-groups';
import { ExplainBar } from './explain-bar';
import classes from './oversight.module.css';
import { useAbsences } from './queries';

interface AbsenceListProps {
  classId: string;
  from: string;
  to: string;
  onlyUnexplained: boolean;
  /** reasons are the class teacher’s to write */
  mayExplain: boolean;
}

export function AbsenceList({ classId, from, to, onlyUnexplained, mayExplain }: AbsenceListProps) {
  const { t } = useTranslation('oversight');
  const formats = useFormats();
  const view = useAbsences(classId, from, to, true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = view.data?.filter((one) => !onlyUnexplained || isUnexplained(one));
  const toggle = (keys: string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const key of keys) {
      if (isOn) next.add(key);
      else next.delete(key);
    }
    setChosen(next);
  };
  const selected = view.data?.filter((one) => chosen.has(keyOf(one))) ?? [];
  const unexplained = view.data?.filter(isUnexplained).length ?? 0;
  return (
    <Stack gap="sm">
      <ResultCount
        text={
          view.data &&
          `${t('absences.count', { count: view.data.length })} · ${t('absences.unexplained', { count: unexplained })}`
        }
      />
      <ErrorAlert error={view.isError ? view.error : null} onRetry={() => void view.refetch()} />
      {view.isPending && [0, 1, 2, 3].map((at) => <Skeleton key={at} h={110} radius="md" />)}
      {shown?.length === 0 && (
        <Paper>
          <EmptyState
            icon={<IconMoodCheck size={40} stroke={1.5} aria-hidden />}
            title={t(view.data!.length > 0 ? 'absences.nothingFound' : 'absences.emptyTitle')}
            hint={t(view.data!.length > 0 ? 'absences.nothingFoundHint' : 'absences.emptyHint')}
          />
        </Paper>
      )}
      {!mayExplain && shown && shown.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('absences.readOnly')}
        </Text>
      )}
      {byDayAndStudent(shown ?? []).map(([date, students]) => (
        <Paper key={date} component="section" aria-label={formats.day(date)} style={{ overflow: 'hidden' }}>
          <Title order={2} fz="md" px="md" py="xs">
            {formats.day(date)}
          </Title>
          {students.map((student) => (
            <StudentDay
              key={student.studentId}
              student={student}
              chosen={chosen}
              onToggle={mayExplain ? toggle : null}
            />
          ))}
        </Paper>
      ))}
      {mayExplain && <ExplainBar classId={classId} selected={selected} onDone={() => setChosen(new Set())} />}
    </Stack>
  );
}

interface StudentDayProps {
  student: AbsentStudent;
  chosen: ReadonlySet<string>;
  onToggle: ((keys: string[], isOn: boolean) => void) | null;
}

function StudentDay({ student, chosen, onToggle }: StudentDayProps) {
  const { t } = useTranslation('oversight');
  // Lateness is no absence: there is nothing to explain.
  const explainable = student.absences.filter(({ code }) => code !== 'LATE').map(keyOf);
  const isAll = explainable.length > 0 && explainable.every((key) => chosen.has(key));
  const isSome = explainable.some((key) => chosen.has(key));
  return (
    <div role="group" aria-label={student.name}>
      <div className={classes.student}>
        {onToggle && (
          <Checkbox
            aria-label={t('absences.selectStudent', { name: student.name })}
            disabled={explainable.length === 0}
            checked={isAll}
            indeterminate={isSome && !isAll}
            onChange={(event) => onToggle(explainable, event.currentTarget.checked)}
          />
        )}
        <Text size="sm" fw={600}>
          {student.name}
        </Text>
      </div>
      {student.absences.map((absence) => (
        <AbsenceRow
          key={absence.lessonId}
          absence={absence}
          isChosen={chosen.has(keyOf(absence))}
          onToggle={onToggle && absence.code !== 'LATE' ? (isOn) => onToggle([keyOf(absence)], isOn) : null}
        />
      ))}
    </div>
  );
}

interface AbsenceRowProps {
  absence: Absence;
  isChosen: boolean;
  onToggle: ((isOn: boolean) => void) | null;
}

function AbsenceRow({ absence, isChosen, onToggle }: AbsenceRowProps) {
  const { t } = useTranslation(['oversight', 'journal']);
  const lesson = t('absences.lesson', { number: absence.lessonNumber, subject: absence.subjectTitle });
  return (
    <div className={classes.row}>
      {onToggle ? (
        <Checkbox
          aria-label={t('absences.select', { name: absence.studentName, lesson })}
          checked={isChosen}
          onChange={(event) => onToggle(event.currentTarget.checked)}
        />
      ) : (
        <span style={{ width: 20 }} />
      )}
      <span className={classes.code} title={t(`journal:attendance.${absence.code}`)}>
        {LETTERS[absence.code]}
      </span>
      <Text span size="sm" className={classes.what}>
        {lesson}
        {absence.minutesLate !== null && `, ${t('absences.minutesLate', { count: absence.minutesLate })}`}
      </Text>
      <Text
        span
        size="sm"
        className={classes.reason}
        c={isUnexplained(absence) ? 'var(--parta-warn-fg)' : 'dimmed'}
      >
        {isUnexplained(absence) && (
          <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
        )}
        {absence.reason ??
          (absence.code === 'ABSENT' ? t('absences.noReason') : t(`journal:attendance.${absence.code}`))}
      </Text>
    </div>
  );
}
