import { averageOf, shownAverage, totalsOf, weightedAverageOf } from '@parta/domain-marks';

export interface PutMark {
  markId: string;
  value: string;
  weight: number;
}

/** What one pupil has at one lesson. */
export interface LedgerCell {
  studentId: string;
  marks: PutMark[];
  code: string | null;
}

/** A lesson with everything that its author was told is saved. */
export interface LedgerLesson {
  lessonId: string;
  groupId: string;
  date: string;
  authorId: string;
  topic: string | null;
  homework: string | null;
  cells: Map<string, LedgerCell>;
}

/** Everything acknowledged in one school; the services have to agree with it whatever happens around them. */
export class Ledger {
  readonly lessons = new Map<string, LedgerLesson>();

  lesson(about: Pick<LedgerLesson, 'lessonId' | 'groupId' | 'date' | 'authorId'>): LedgerLesson {
    const known = this.lessons.get(about.lessonId);
    if (known) return known;
    const lesson: LedgerLesson = { ...about, topic: null, homework: null, cells: new Map() };
    this.lessons.set(about.lessonId, lesson);
    return lesson;
  }

  cell(lesson: LedgerLesson, studentId: string): LedgerCell {
    const cell = lesson.cells.get(studentId) ?? { studentId, marks: [], code: null };
    lesson.cells.set(studentId, cell);
    return cell;
  }

  /** Averages of a pupil's marks in lessons that fit. */
  averages(studentId: string, fits: (lesson: LedgerLesson) => boolean) {
    const marks = [...this.lessons.values()]
      .filter(fits)
      .flatMap((lesson) => lesson.cells.get(studentId)?.marks ?? []);
    const totals = totalsOf(marks.map(({ value, weight }) => ({ number: Number(value), weight })));
    return {
      average: shownAverage(averageOf(totals)),
      weightedAverage: shownAverage(weightedAverageOf(totals)),
    };
  }

  get counts(): { lessons: number; marks: number; absences: number } {
    const cells = [...this.lessons.values()].flatMap((lesson) => [...lesson.cells.values()]);
    return {
      lessons: this.lessons.size,
      marks: cells.reduce((sum, cell) => sum + cell.marks.length, 0),
      absences: cells.filter((cell) => cell.code !== null).length,
    };
  }
}
