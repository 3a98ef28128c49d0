import { CalendarDate, Id, LessonNumber, Text } from '@parta/platform-contract';

/** A lesson and its place in the day. */
export class LessonOfDay {
  @Id()
  lessonId: string;

  @CalendarDate()
  date: string;

  @LessonNumber()
  lessonNumber: number;
}

/** A lesson of a study group. */
export class GroupLesson extends LessonOfDay {
  @Id()
  groupId: string;
}

/** The same for who reads it. */
export class TitledLesson extends GroupLesson {
  @Text({ max: 300, example: '7А Алгебра' })
  groupTitle: string;
}

/** The journal of a study group. */
export class JournalTitle {
  @Id()
  groupId: string;

  @Text({ max: 300 })
  title: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @Text({ max: 300, nullable: true })
  teacher: string | null;
}

/** A pupil in a list of the journal. */
export class ListedStudent {
  @Id()
  studentId: string;

  @Text({ max: 300, description: '«Иванов Пётр»' })
  name: string;
}

/** One pupil at one lesson: a cell of the journal. */
export class CellRef {
  @Id()
  lessonId: string;

  @Id()
  studentId: string;
}
