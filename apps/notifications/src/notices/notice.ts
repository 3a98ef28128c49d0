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
      /** the family was told of the mark before */
      isCorrection?: boolean;
      /** says only that the mark was corrected: the family has chosen not to hear of low marks */
      isValueWithheld?: boolean;
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

/** A text without what nobody sees: NFC, single spaces; null when nothing is left. */
export const inOneForm = (text: string | null | undefined): string | null =>
  text?.normalize('NFC').replace(/\s+/g, ' ').trim() || null;

/**
 * What a family knows once it has read the notice; two notices with the same are no news to each other. A mark's comment
 * and kind of work, a reason of absence and the look of a text are not part of it (R156).
 */
export function newsOf(content: NoticeContent): string {
  switch (content.about) {
    case 'mark':
      if (content.isAnnulled) return JSON.stringify(['mark', null]);
      return JSON.stringify(content.isValueWithheld ? ['mark', 'withheld', null] : ['mark', content.value]);
    case 'absence':
      return JSON.stringify(['absence', content.code, content.code === 'LATE' ? content.minutesLate : null]);
    case 'homework': {
      const text = inOneForm(content.text);
      return JSON.stringify(['homework', text, text === null ? null : content.dueDate]);
    }
  }
}

/** Whether nothing is left of what was told: annulled, present after all, homework taken back. */
export function isTakenBack(content: NoticeContent): boolean {
  if (content.about === 'mark') return content.isAnnulled;
  return content.about === 'absence' ? content.code === null : content.text === null;
}
