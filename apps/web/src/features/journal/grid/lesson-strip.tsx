import { Button, Text } from '@mantine/core';
import { IconLock, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { AllPresent, type useAttendanceTaken } from '../lesson/all-present';
import { RequestOpening } from '../../openings/request-opening';
import classes from './grid.module.css';
import { useClosedText } from './use-cell-label';

interface LessonStripProps {
  lesson: Schemas['PageLesson'];
  student: Schemas['PageStudent'];
  selected: number;
  /** a pupil is entered as not being there */
  hasAbsent: boolean;
  attendance: ReturnType<typeof useAttendanceTaken>;
  onDescribe(): void;
}

/** About the lesson of the cursor: topic, homework, and why it is closed. */
export function LessonStrip({
  lesson,
  student,
  selected,
  hasAbsent,
  attendance,
  onDescribe,
}: LessonStripProps) {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const closedText = useClosedText();
  const topic = lesson.topic ? t('page.topic', { topic: lesson.topic }) : t('page.topicMissing');
  const homework = lesson.homework
    ? t('page.homework', { homework: lesson.homework })
    : lesson.hasHomework
      ? null
      : t('page.homeworkMissing');
  const about = [topic, homework].filter(Boolean).join(' · ');
  return (
    <div className={classes.strip}>
      <div>
        <Text size="sm" fw={600} className={classes.line}>
          {selected > 1 ? t('page.selected', { count: selected }) : student.name}
          {' · '}
          {t('page.lesson', { day: formats.day(lesson.date), number: lesson.lessonNumber })}
        </Text>
        <Text size="sm" c="dimmed" className={classes.line} title={lesson.isOpen ? about : undefined}>
          {lesson.isOpen ? (
            about
          ) : (
            <>
              <IconLock size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
              {t('page.closed', { why: closedText(lesson.closedBecause) })}
            </>
          )}
        </Text>
      </div>
      {lesson.closedBecause === 'journal.entry-window-closed' && (
        <RequestOpening
          key={lesson.lessonId}
          lessonId={lesson.lessonId}
          lesson={t('page.lesson', { day: formats.day(lesson.date), number: lesson.lessonNumber })}
          opening={lesson.opening}
        />
      )}
      {lesson.isOpen && <AllPresent lesson={lesson} hasAbsent={hasAbsent} command={attendance} />}
      <Button
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
        aria-keyshortcuts="Control+H"
        onClick={onDescribe}
      >
        {t('page.describe')}
      </Button>
    </div>
  );
}
