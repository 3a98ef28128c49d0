import { DateTime } from 'luxon';
import { Api } from './api.js';
import { until } from './until.js';

/** How far back a day with lessons may lie: over the summer holidays. */
const LOOK_BACK_DAYS = 120;

interface SignIn {
  login: string;
  password: string;
}

/**
 * Sees to it that the demo's teacher has a lesson today. On a day without lessons the deputy head moves the timetable of
 * a weekday to it, as a school would (R72): one on which the teacher meets the class of the demo's guardian.
 */
export async function ensureLessonToday(
  url: string,
  people: { teacher: SignIn; deputyHead: SignIn; guardian: SignIn },
  now: Date,
  step: (line: string) => void,
): Promise<void> {
  const own = await signedIn(url, people.teacher);
  const { schools } = await own.get<{ schools: { timeZone: string }[] }>('/api/v1/me');
  const today = DateTime.fromJSDate(now, { zone: schools[0]!.timeZone });
  const groupsOn = async (day: DateTime): Promise<string[]> => {
    const { lessons } = await own.get<{ lessons: { groupTitle: string }[] }>(
      `/api/v1/journal/lessons?date=${day.toISODate()}`,
    );
    return lessons.map((lesson) => lesson.groupTitle);
  };
  const isLaid = async (): Promise<boolean> => {
    for (let back = 0; back < LOOK_BACK_DAYS; back += 1)
      if ((await groupsOn(today.minus({ days: back }))).length > 0) return true;
    return false;
  };
  await until('lessons to be laid', isLaid);
  if ((await groupsOn(today)).length > 0) return;

  const { children } = await (
    await signedIn(url, people.guardian)
  ).get<{ children: { classTitle: string }[] }>('/api/v1/me');
  let best = { weekday: 1, worth: 0 };
  let daysSeen = 0;
  for (let back = 1; back <= LOOK_BACK_DAYS && daysSeen < 7; back += 1) {
    const day = today.minus({ days: back });
    const groups = await groupsOn(day);
    if (groups.length === 0) continue;
    daysSeen += 1;
    const meetsTheChild = groups.some((title) =>
      children.some((child) => title.startsWith(`${child.classTitle} `)),
    );
    const worth = groups.length + (meetsTheChild ? 100 : 0);
    if (worth > best.worth) best = { weekday: day.weekday, worth };
  }
  step(`demo timetable: today is taught by the timetable of weekday ${best.weekday}`);
  const head = await signedIn(url, people.deputyHead);
  const { years } = await head.get<{ years: { schoolId: string }[] }>('/api/v1/school-year');
  await head.post('/api/v1/school-year/transfers', {
    schoolId: years[0]!.schoolId,
    date: today.toISODate(),
    weekday: best.weekday,
  });
  await until('a lesson today', async () => (await groupsOn(today)).length > 0);
}

async function signedIn(url: string, { login, password }: SignIn): Promise<Api> {
  const api = new Api(url);
  await api.signIn(login, password);
  return api;
}
