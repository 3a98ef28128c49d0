import type { Day, Lesson } from './types';

/** Homework, and the lesson it was given at. */
export interface Task {
  givenOn: string;
  lesson: Lesson;
}

export const hasTask = ({ homework }: Lesson): boolean => Boolean(homework.text || homework.individual);

/** The first day with lessons after `today`, as far as the days are known. */
export const nextSchoolDay = (days: readonly Day[], today: string): Day | null =>
  days.find(({ date, lessons }) => date > today && lessons.length > 0) ?? null;

/**
 * What has to be ready for a day: tasks with that due date, and those without one whose subject has its next lesson on
 * that day. In the order of that day's lessons.
 */
export function tasksFor(days: readonly Day[], date: string): Task[] {
  const due = days.find((day) => day.date === date);
  const given = days.filter((day) => day.date < date);
  const dated = given.flatMap((day) =>
    day.lessons
      .filter((lesson) => hasTask(lesson) && lesson.homework.dueDate === date)
      .map((lesson) => ({ givenOn: day.date, lesson })),
  );
  const undated = [...new Set(due?.lessons.map(({ subjectTitle }) => subjectTitle))].flatMap(
    (subjectTitle) => {
      const day = given.findLast(({ lessons }) => lessons.some((one) => one.subjectTitle === subjectTitle));
      return (day?.lessons ?? [])
        .filter(
          (lesson) => lesson.subjectTitle === subjectTitle && hasTask(lesson) && !lesson.homework.dueDate,
        )
        .map((lesson) => ({ givenOn: day!.date, lesson }));
    },
  );
  const place = ({ lesson }: Task) => {
    const at = due?.lessons.findIndex(({ subjectTitle }) => subjectTitle === lesson.subjectTitle) ?? -1;
    return at < 0 ? Infinity : at;
  };
  const before = (a: Task, b: Task) => (place(a) === place(b) ? 0 : place(a) - place(b));
  return [...dated, ...undated].toSorted(before);
}

/** Homework of a day by the lesson of its subject; `others` is of subjects that have none on that day. */
export interface DayTasks {
  byLesson: ReadonlyMap<string, Task[]>;
  others: Task[];
}

/** What has to be ready for each lesson of a day, as the days before say it. */
export function tasksOfLessons(days: readonly Day[], { date, lessons }: Day): DayTasks {
  const byLesson = new Map<string, Task[]>();
  const others: Task[] = [];
  for (const task of tasksFor(days, date)) {
    const at = lessons.find(({ subjectTitle }) => subjectTitle === task.lesson.subjectTitle);
    if (at) byLesson.set(at.lessonId, [...(byLesson.get(at.lessonId) ?? []), task]);
    else others.push(task);
  }
  return { byLesson, others };
}
