import type { NoticeContent } from './notice.js';

const day = (date: string): string => `${date.slice(8, 10)}.${date.slice(5, 7)}`;

const ABSENCES: Record<string, string> = {
  ABSENT: 'отсутствует на уроке',
  ILL: 'отсутствует по болезни',
  EXCUSED: 'отсутствует по уважительной причине',
  LATE: 'опоздание',
};

/**
 * What happened in one line, without the child's name. It names the lesson and the date: providers drop texts that repeat.
 * @param detailed with the comment and the whole homework, for letters
 */
export function noticeLine(content: NoticeContent, detailed: boolean): string {
  const lesson = `${content.subjectTitle} ${day(content.date)}`;
  switch (content.about) {
    case 'mark': {
      const work = lowerFirst(content.workTypeTitle);
      if (content.isAnnulled)
        return `${lesson}: отметка${content.isValueWithheld ? '' : ` ${content.value}`} аннулирована (${work})`;
      if (content.isValueWithheld) return `${lesson}: отметка исправлена (${work}), новая — в дневнике`;
      const value = markSaid(content);
      const comment = detailed && content.comment ? `. ${content.comment}` : '';
      return `${lesson}: ${value} (${work})${comment}`;
    }
    case 'absence': {
      const where = `${lesson}, ${content.lessonNumber}-й урок`;
      if (content.code === null) return `${where}: отметка о пропуске снята`;
      const minutes = content.code === 'LATE' && content.minutesLate ? ` на ${content.minutesLate} мин` : '';
      return `${where}: ${content.isCorrection ? 'исправлено — ' : ''}${ABSENCES[content.code] ?? content.code}${minutes}`;
    }
    case 'homework': {
      if (content.text === null) return `${lesson}: домашнее задание снято`;
      const due = content.dueDate ? ` на ${day(content.dueDate)}` : '';
      const said = detailed ? content.text : shorten(content.text, 60);
      return `${lesson}: ${content.isCorrection ? 'задание изменено' : 'задано'}${due}: ${said}`;
    }
  }
}

function markSaid({ previousValue, value, isCorrection }: NoticeContent & { about: 'mark' }): string {
  if (previousValue && previousValue !== value) return `отметка исправлена: ${previousValue} → ${value}`;
  return isCorrection ? `отметка исправлена: ${value}` : `отметка ${value}`;
}

/** Cuts at a word, with an ellipsis; `max` counts UTF-16 units, as SMS do. */
export function shorten(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const cut = line.slice(0, max - 1);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > max / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
