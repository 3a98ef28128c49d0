import type { Schemas } from '../../api/types';

type JournalPage = Schemas['JournalPageView'];

/** The page with the lessons and cells of one day as they are now. Lessons that did not change stay the same objects. */
export function withDay(page: JournalPage, day: JournalPage, date: string): JournalPage {
  const known = new Map(page.lessons.map((lesson) => [lesson.lessonId, lesson]));
  const isInside = page.lessons.some((lesson) => lesson.date === date) || day.lessons.length === 0;
  const [first, last] = [page.lessons[0], page.lessons.at(-1)];
  // A day of another period is none of this page's.
  if (!isInside && (!first || date < first.date || date > last!.date)) return page;
  const fresh = day.lessons.map((lesson) => {
    const before = known.get(lesson.lessonId);
    return before && JSON.stringify(before) === JSON.stringify(lesson) ? before : lesson;
  });
  const ids = new Set(fresh.map(({ lessonId }) => lessonId));
  const lessons = [
    ...page.lessons.filter((lesson) => lesson.date < date),
    ...fresh,
    ...page.lessons.filter((lesson) => lesson.date > date),
  ];
  const isSame =
    lessons.length === page.lessons.length && lessons.every((lesson, at) => lesson === page.lessons[at]);
  return {
    ...page,
    lessons: isSame ? page.lessons : lessons,
    cells: [...page.cells.filter(({ lessonId }) => !ids.has(lessonId)), ...day.cells],
  };
}
