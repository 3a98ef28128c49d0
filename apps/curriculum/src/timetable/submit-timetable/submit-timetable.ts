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
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { findClashes, type PlacedLesson } from '../clashes.js';
import { LessonLayer } from '../lesson-layer.js';
import { readTimetable, type TimetableRow } from '../timetable-csv.js';

interface KnownGroup extends Omit<PlacedLesson, 'weekday' | 'lessonNumber' | 'room'> {
  schoolId: string;
  groupId: string;
  sourcedId: string;
}

type PlacedRow = TimetableRow & { group: KnownGroup };

/** The region, or a school's administration for its own school, replaces the weekly timetable (R99–R102). */
@Controller()
export class SubmitTimetable {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly lessons: LessonLayer,
  ) {}

  @Handles(submitTimetable, { unitOfWork: 'own' })
  async execute(@Input() submission: Submission, @Caller() actor: Actor): Promise<TimetableReport> {
    const { rows, errors } = readTimetable(await this.fetch(submission.uploadId));
    const schools = await this.schoolsOf(actor);
    return this.database.write({ schools }, async () => {
      const placed = await this.place(rows, errors);
      const concerned = [...new Set(placed.map((row) => row.group.schoolId))];
      const isApplied = errors.length === 0 && !submission.dryRun;
      const laid = isApplied ? await this.replace(concerned, placed) : { added: 0, removed: 0 };
      return {
        rows: rows.length,
        schools: concerned.length,
        lessonsAdded: laid.added,
        lessonsRemoved: laid.removed,
        isApplied,
        errorCount: errors.length,
        errors: errors.sort((a, b) => a.row - b.row).slice(0, 500),
        clashes: clashesOf(placed).slice(0, 500),
      };
    });
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

  /** Finds each row's study group; rows without one become errors. */
  private async place(rows: readonly TimetableRow[], errors: TimetableError[]): Promise<PlacedRow[]> {
    const groups = await this.database.rows<KnownGroup>(sql`
      select g.school_id as "schoolId", g.id as "groupId", g.sourced_id as "sourcedId", g.title as "groupTitle",
        g.class_id as "classId", c.title as "classTitle", g.is_subgroup as "isSubgroup", g.teacher_ids[1] as "teacherId",
        t.name as "teacherName"
      from study_groups g
        left join classes c on c.school_id = g.school_id and c.id = g.class_id
        left join teachers t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
      where g.is_active and g.sourced_id = any (${[...new Set(rows.map((row) => row.classSourcedId))]}::text[])`);
    const bySourcedId = new Map(groups.map((group) => [group.sourcedId, group]));
    const seen = new Set<string>();
    const schoolOf = new Map<string, string>();
    return rows.flatMap((row) => {
      const group = bySourcedId.get(row.classSourcedId);
      if (!group) {
        errors.push({
          row: row.row,
          field: 'classSourcedId',
          code: 'curriculum.unknown-group',
          message: `Учебная группа «${row.classSourcedId}» не найдена среди действующих: передайте её сначала в пакете контингента`,
        });
        return [];
      }
      const school = schoolOf.get(row.schoolSourcedId) ?? group.schoolId;
      schoolOf.set(row.schoolSourcedId, school);
      if (school !== group.schoolId) {
        errors.push({
          row: row.row,
          field: 'schoolSourcedId',
          code: 'curriculum.another-school',
          message: `Группа «${row.classSourcedId}» относится к другой школе, чем остальные строки «${row.schoolSourcedId}»`,
        });
      }
      const slot = `${row.classSourcedId} ${row.weekday} ${row.lessonNumber}`;
      if (seen.has(slot)) {
        errors.push({
          row: row.row,
          field: null,
          code: 'curriculum.duplicate-slot',
          message: `Урок ${row.lessonNumber} группы «${row.classSourcedId}» в этот день уже есть в файле`,
        });
      }
      seen.add(slot);
      return [{ ...row, group }];
    });
  }

  private async replace(
    schools: readonly string[],
    placed: readonly PlacedRow[],
  ): Promise<{ added: number; removed: number }> {
    const total = { added: 0, removed: 0 };
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
    for (const school of schools) {
      const laid = await this.lessons.lay(school);
      total.added += laid.added;
      total.removed += laid.removed;
    }
    return total;
  }
}

const clashesOf = (placed: readonly PlacedRow[]) =>
  [...Map.groupBy(placed, (row) => row.group.schoolId).values()].flatMap((rows) =>
    findClashes(
      rows.map(({ group, weekday, lessonNumber, room }) => ({ ...group, weekday, lessonNumber, room })),
    ),
  );
