import { Controller } from '@nestjs/common';
import {
  submitTimetable,
  type SubmitTimetable as Submission,
  type TimetableError,
  type TimetableReport,
} from '@parta/contracts-curriculum';
import { DomainError } from '@parta/platform-errors';
import { FileStore } from '@parta/platform-messaging';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { SchoolYears } from '../../school-year/school-years.js';
import { findClashes, type PlacedLesson } from '../clashes.js';
import { LessonLayer } from '../lesson-layer.js';
import { comingLessons, reasonToHoldTimetable, type SchoolReplacement } from '../replacement.js';
import { readTimetable, type TimetableRow } from '../timetable-csv.js';

interface KnownGroup extends Omit<PlacedLesson, 'weekday' | 'lessonNumber' | 'room'> {
  schoolId: string;
  groupId: string;
  sourcedId: string;
  schoolSourcedId: string | null;
  keeper: string | null;
}

type PlacedRow = TimetableRow & { group: KnownGroup };

type Laid = Pick<TimetableReport, 'lessonsAdded' | 'lessonsRemoved' | 'lessonsKept' | 'reason'>;

const NOTHING_LAID: Laid = { lessonsAdded: 0, lessonsRemoved: 0, lessonsKept: 0, reason: null };

/** Undoes the transaction of a timetable that is not to be applied, and carries what it came to. */
class NotApplied extends Error {
  constructor(readonly report: TimetableReport) {
    super('the timetable is not applied');
  }
}

/** The region, or a school's administration for its own school, replaces the weekly timetable (R99–R102). */
@Controller()
export class SubmitTimetable {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly years: SchoolYears,
    private readonly lessons: LessonLayer,
    private readonly clock: Clock,
  ) {}

  @Handles(submitTimetable, { unitOfWork: 'own' })
  async execute(@Input() submission: Submission, @Caller() actor: Actor): Promise<TimetableReport> {
    const { rows, errors } = readTimetable(await this.fetch(submission.uploadId));
    const schools = await this.schoolsOf(actor);
    try {
      return await this.database.write({ schools }, async () => {
        const placed = await this.place(rows, errors, actor);
        const concerned = [...new Set(placed.map((row) => row.group.schoolId))];
        const laid = errors.length === 0 ? await this.replace(concerned, placed, actor) : NOTHING_LAID;
        const isConfirmed = laid.lessonsRemoved <= (submission.confirmedRemovals ?? -1);
        const isHeld = !submission.dryRun && laid.reason !== null && !isConfirmed;
        const report = {
          rows: rows.length,
          schools: concerned.length,
          ...laid,
          isApplied: errors.length === 0 && !submission.dryRun && !isHeld,
          isHeld,
          errorCount: errors.length,
          errors: errors.sort((a, b) => a.row - b.row).slice(0, 500),
          clashes: clashesOf(placed).slice(0, 500),
        };
        if (!report.isApplied) throw new NotApplied(report);
        return report;
      });
    } catch (error) {
      if (error instanceof NotApplied) return error.report;
      throw error;
    }
  }

  private async fetch(uploadId: string): Promise<Buffer> {
    const content = await this.files.read(uploadId);
    if (!content)
      throw new DomainError('gone', 'curriculum.timetable-unreadable', 'the upload is not there any more');
    await this.files.delete(uploadId);
    return content;
  }

  private async schoolsOf(actor: Actor): Promise<string[]> {
    if (actor.kind === 'account' && !actor.has(['regional-operator']))
      return actor.schools(['administrator', 'deputy-head']);
    const schools = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ id: string }>(sql`select school_id as id from schools`),
    );
    return schools.map((school) => school.id);
  }

  /** Finds each row's study group; rows without one, or of a school that is not the sender's to change, become errors. */
  private async place(
    rows: readonly TimetableRow[],
    errors: TimetableError[],
    actor: Actor,
  ): Promise<PlacedRow[]> {
    const groups = await this.database.rows<KnownGroup>(sql`
      select g.school_id as "schoolId", g.id as "groupId", g.sourced_id as "sourcedId", g.title as "groupTitle",
        g.class_id as "classId", c.title as "classTitle", g.is_subgroup as "isSubgroup", g.teacher_ids[1] as "teacherId",
        t.name as "teacherName", s.sourced_id as "schoolSourcedId", k.client_id as keeper
      from study_groups g
        left join schools s on s.school_id = g.school_id
        left join timetable_keepers k on k.school_id = g.school_id
        left join classes c on c.school_id = g.school_id and c.id = g.class_id
        left join teachers t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
      where g.is_active and g.sourced_id = any (${[...new Set(rows.map((row) => row.classSourcedId))]}::text[])`);
    const bySourcedId = Map.groupBy(groups, (group) => group.sourcedId);
    const bells = await this.bellsOf([...new Set(groups.map((group) => group.schoolId))]);
    const seen = new Set<string>();
    const schoolOf = new Map<string, string>();
    return rows.flatMap((row) => {
      const bad = (field: string | null, code: string, message: string) =>
        errors.push({ row: row.row, field, code: `curriculum.${code}`, message });
      const named = bySourcedId.get(row.classSourcedId) ?? [];
      // Two systems may use one id: the school's tells them apart. A school told of by an older version has none.
      const fitting = named.filter(
        (one) => one.schoolSourcedId === null || one.schoolSourcedId === row.schoolSourcedId,
      );
      const mine = fitting.filter((one) => !isKeptByAnother(one, actor));
      const group = mine[0];
      if (named.length === 0)
        bad(
          'classSourcedId',
          'unknown-group',
          `Учебная группа «${row.classSourcedId}» не найдена среди действующих: передайте её сначала в пакете контингента`,
        );
      else if (fitting.length === 0)
        bad(
          'schoolSourcedId',
          'another-school',
          `Группа «${row.classSourcedId}» не относится к школе «${row.schoolSourcedId}»`,
        );
      else if (!group)
        bad(
          'schoolSourcedId',
          'another-source',
          `Расписание школы «${row.schoolSourcedId}» ведёт другая система: сменить её может загрузка человеком — администрацией школы или оператором региона`,
        );
      else if (mine.length > 1)
        bad(
          'classSourcedId',
          'ambiguous-group',
          `Группа «${row.classSourcedId}» школы «${row.schoolSourcedId}» есть в нескольких источниках`,
        );
      if (!group || mine.length > 1) return [];
      const school = schoolOf.get(row.schoolSourcedId) ?? group.schoolId;
      schoolOf.set(row.schoolSourcedId, school);
      if (school !== group.schoolId)
        bad(
          'schoolSourcedId',
          'another-school',
          `Группа «${row.classSourcedId}» относится к другой школе, чем остальные строки «${row.schoolSourcedId}»`,
        );
      const numbers = bells.get(group.schoolId);
      const isKnownWrong = errors.some((one) => one.row === row.row && one.field === 'lessonNumber');
      if (numbers && !numbers.has(row.lessonNumber) && !isKnownWrong)
        bad(
          'lessonNumber',
          'no-bell',
          `Для урока ${row.lessonNumber} в расписании звонков школы нет звонка: добавьте звонок или исправьте номер`,
        );
      const slot = `${row.classSourcedId} ${row.weekday} ${row.lessonNumber}`;
      if (seen.has(slot))
        bad(
          null,
          'duplicate-slot',
          `Урок ${row.lessonNumber} группы «${row.classSourcedId}» в этот день уже есть в файле`,
        );
      seen.add(slot);
      return [{ ...row, group }];
    });
  }

  /** The lesson numbers that have a bell, by school; of a school without a year nothing is laid yet. */
  private async bellsOf(schools: readonly string[]): Promise<Map<string, Set<number>>> {
    const numbers = new Map<string, Set<number>>();
    for (const school of schools) {
      const year = await this.years.toLay(school);
      if (year) numbers.set(school, new Set(year.bells.map((bell) => bell.lessonNumber)));
    }
    return numbers;
  }

  private async replace(
    schools: readonly string[],
    placed: readonly PlacedRow[],
    actor: Actor,
  ): Promise<Laid> {
    const now = this.clock.now();
    await this.keep(schools, actor, now);
    const before = await comingLessons(this.database, schools, now);
    await this.database.run(sql`delete from timetable_slots where school_id = any (${schools}::uuid[])`);
    const slots = placed.map(({ group, weekday, lessonNumber, room }) => ({
      schoolId: group.schoolId,
      groupId: group.groupId,
      weekday,
      lessonNumber,
      room,
    }));
    await this.database.run(sql`
      insert into timetable_slots (school_id, group_id, weekday, lesson_number, room)
      select x."schoolId", x."groupId", x.weekday, x."lessonNumber", x.room
      from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as x("schoolId" uuid, "groupId" uuid, weekday int, "lessonNumber" int, room text)`);
    const removedIn = new Map<string, number>();
    const laid: Laid = { ...NOTHING_LAID };
    for (const school of schools) {
      const { added, removed } = await this.lessons.lay(school);
      removedIn.set(school, removed);
      laid.lessonsAdded += added;
      laid.lessonsRemoved += removed;
    }
    const after = new Map(
      (await comingLessons(this.database, schools, now)).map((one) => [one.schoolId, one]),
    );
    const replaced: SchoolReplacement[] = before.map((one) => ({
      before: one,
      after: after.get(one.schoolId)!,
      removed: removedIn.get(one.schoolId)!,
    }));
    const coming = before.reduce((sum, one) => sum + one.lessons, 0);
    laid.lessonsKept = Math.max(0, coming - laid.lessonsRemoved);
    laid.reason = reasonToHoldTimetable(replaced, laid.lessonsRemoved);
    return laid;
  }

  /** A system keeps the timetables it sends; a person's upload opens them to another system. */
  private async keep(schools: readonly string[], actor: Actor, now: Date): Promise<void> {
    if (actor.kind === 'client')
      await this.database.run(sql`
        insert into timetable_keepers (school_id, client_id, taken_at)
        select id, ${actor.id}, ${now} from unnest(${schools}::uuid[]) as id on conflict do nothing`);
    else
      await this.database.run(sql`delete from timetable_keepers where school_id = any (${schools}::uuid[])`);
  }
}

const isKeptByAnother = (group: KnownGroup, actor: Actor): boolean =>
  actor.kind === 'client' && group.keeper !== null && group.keeper !== actor.id;

const clashesOf = (placed: readonly PlacedRow[]) =>
  [...Map.groupBy(placed, (row) => row.group.schoolId).values()].flatMap((rows) =>
    findClashes(
      rows.map(({ group, weekday, lessonNumber, room }) => ({ ...group, weekday, lessonNumber, room })),
    ),
  );
