import type { NoticeKind } from '@parta/contracts-notifications';

/** What a notice says, kept until its message is put together; lesson data is a copy of the fact's. */
export type NoticeContent =
  | (LessonOfNotice & {
      about: 'mark';
      value: string;
      workTypeTitle: string;
      comment: string | null;
      /** the value before, when the family was told of it */
      previousValue: string | null;
      isAnnulled: boolean;
    })
  | (LessonOfNotice & {
      about: 'absence';
      /** null: present after all */
      code: string | null;
      minutesLate: number | null;
      isCorrection: boolean;
    })
  | (LessonOfNotice & {
      about: 'homework';
      /** null: taken back */
      text: string | null;
      dueDate: string | null;
      isCorrection: boolean;
    });

interface LessonOfNotice {
  subjectTitle: string;
  /** YYYY-MM-DD */
  date: string;
  lessonNumber: number;
}

/** A notice as its message needs it. */
export interface Notice {
  kind: NoticeKind;
  studentId: string;
  givenName: string;
  familyName: string;
  content: NoticeContent;
}
