import { randomUUID } from 'node:crypto';
import {
  aClass,
  anAcademicYear,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  named,
} from '@parta/contracts-contingent/testing';
import type { AcademicYearRecordedV1, RecordedEnrolmentV1 } from '@parta/contracts-contingent';
import { submitTimetable, type TimetableReport } from '@parta/contracts-curriculum';
import {
  listDiaryDays,
  listSubjectMarks,
  type DiaryDay,
  type SubjectMarksView,
} from '@parta/contracts-diary';
import {
  getJournalPage,
  getLesson,
  listMyLessons,
  recordEntries,
  type CellView,
  type JournalEntry,
  type JournalPageView,
  type LessonCard,
  type LessonRow,
} from '@parta/contracts-journal';
import { downloadReport, getReport, orderReport } from '@parta/contracts-reporting';
import type { Operation, Role } from '@parta/platform-contract';
import { eventually, tellerOf, type Told } from '@parta/platform-testing';
import readXlsxFile from 'read-excel-file/node';
import type { BedInTime } from './bed.js';

export interface GroupInTime {
  id: string;
  sourcedId: string;
  subject: string;
  teacherId: string;
  isActive: boolean;
}

export interface PupilInTime {
  id: string;
  name: string;
  enrolments: RecordedEnrolmentV1[];
}

type Sheets = Record<string, (string | number | boolean | Date | null)[][]>;

/** A school of one class as contingent tells of it, whose timetable, marks and reports come about as people make them. */
export class SchoolInTime {
  readonly id = randomUUID();
  readonly classId = randomUUID();
  readonly teacher = randomUUID();
  readonly otherTeacher = randomUUID();
  readonly homeroomTeacher = randomUUID();
  readonly groups: GroupInTime[];
  readonly pupils: PupilInTime[];
  private readonly versions = new Map<string, number>();
  private readonly say: ReturnType<typeof tellerOf>;

  constructor(
    private readonly world: BedInTime,
    subjects: readonly string[] = ['Алгебра'],
  ) {
    this.say = tellerOf(this.id, (fact, about, data) => world.publish(fact as never, about, data));
    this.groups = subjects.map((subject) => ({
      id: randomUUID(),
      sourcedId: randomUUID(),
      subject,
      teacherId: this.teacher,
      isActive: true,
    }));
    this.pupils = ['Абрамов Пётр', 'Жуков Иван', 'Ёлкина Яна'].map((name) => ({
      id: randomUUID(),
      name,
      enrolments: [this.classId, ...this.groups.map((group) => group.id)].map((groupId) => ({
        groupId,
        from: '2026-09-01',
        to: null,
      })),
    }));
  }

  /** Tells everything, with an academic year of two quarters. */
  async tell(): Promise<this> {
    await this.record(aSchool(this.id, { sourcedId: `s-${this.id}` }));
    await this.tellYear(randomUUID());
    await this.record(aClass(this.classId, { homeroomTeacherIds: [this.homeroomTeacher] }));
    for (const personId of [this.teacher, this.otherTeacher, this.homeroomTeacher])
      await this.record(aStaffMember(personId));
    for (const group of this.groups) await this.tellGroup(group);
    for (const pupil of this.pupils) await this.tellPupil(pupil);
    await this.world.settled();
    return this;
  }

  tellYear(yearId: string, more: Partial<AcademicYearRecordedV1> = {}): Promise<void> {
    return this.record(anAcademicYear(yearId, more));
  }

  tellGroup(group: GroupInTime): Promise<void> {
    const { id, sourcedId, subject, teacherId, isActive } = group;
    return this.record(
      aStudyGroup(id, {
        classId: this.classId,
        title: `7А ${subject}`,
        subjectTitle: subject,
        teacherIds: [teacherId],
        sourcedId,
        isActive,
      }),
    );
  }

  tellPupil({ id, name, enrolments }: PupilInTime): Promise<void> {
    const isInClass = enrolments.some((one) => one.groupId === this.classId && one.to === null);
    return this.record(
      aStudent(id, { ...named(name), classId: isInClass ? this.classId : null, enrolments }),
    );
  }

  /** Replaces the weekly timetable, whatever that takes away. @param slots `[group, weekday, lesson number]` */
  async timetable(slots: readonly (readonly [GroupInTime, number, number])[]): Promise<TimetableReport> {
    const rows = slots.map(
      ([group, weekday, number]) => `s-${this.id},${group.sourcedId},${weekday},${number},`,
    );
    const text = ['schoolSourcedId,classSourcedId,weekday,lessonNumber,room', ...rows].join('\r\n');
    const report = await this.call(
      submitTimetable,
      { ...(await this.world.upload(text)), confirmedRemovals: 1_000_000 },
      await this.token('administrator'),
    );
    await this.world.settled();
    return report;
  }

  token(role: Role, personId: string | null = null, studentIds?: string[]): Promise<string> {
    return this.world.bed.keys.tokenOf([{ role, schoolId: this.id, personId, studentIds }]);
  }

  asTeacher(personId: string = this.teacher): Promise<string> {
    return this.token('teacher', personId);
  }

  asParentOf(pupil: PupilInTime): Promise<string> {
    return this.token('guardian', pupil.id, [pupil.id]);
  }

  call<I extends object, O extends object>(
    operation: Operation<I, O>,
    input: I,
    token: string,
    idempotencyKey: string = randomUUID(),
  ): Promise<O> {
    return this.world.bed.rpc.call(operation, input, { token, idempotencyKey });
  }

  async dayOf(date: string, token: string): Promise<LessonRow[]> {
    return (await this.call(listMyLessons, { date }, token)).lessons;
  }

  card(lessonId: string, token: string): Promise<LessonCard> {
    return this.call(getLesson, { lessonId }, token);
  }

  async cell(lessonId: string, studentId: string, token: string): Promise<CellView> {
    const { list } = await this.card(lessonId, token);
    const found = list.find((one) => one.studentId === studentId);
    if (!found) throw new Error('the pupil is not in the list of the lesson');
    return found.cell;
  }

  /** Enters into one cell, in the version it has now. */
  async enter(
    lessonId: string,
    studentId: string,
    entry: Omit<Partial<JournalEntry>, 'studentId' | 'cellVersion'> & Pick<JournalEntry, 'kind'>,
    token: string,
  ): Promise<CellView> {
    const { version } = await this.cell(lessonId, studentId, token);
    const entries = [{ ...entry, studentId, cellVersion: version } as JournalEntry];
    return (await this.call(recordEntries, { lessonId, entries }, token)).cells[0]!;
  }

  page(groupId: string, from: string, to: string, token: string): Promise<JournalPageView> {
    return this.call(getJournalPage, { groupId, from, to }, token);
  }

  async diary(pupil: PupilInTime, date: string): Promise<DiaryDay> {
    const token = await this.asParentOf(pupil);
    return (await this.call(listDiaryDays, { studentId: pupil.id, from: date, to: date }, token)).days[0]!;
  }

  async subjectMarks(pupil: PupilInTime, periodId?: string): Promise<SubjectMarksView> {
    return this.call(listSubjectMarks, { studentId: pupil.id, periodId }, await this.asParentOf(pupil));
  }

  /** The journal of a group as printed, by sheets. */
  async printed(groupId: string, from: string, to: string): Promise<Sheets> {
    const token = await this.token('deputy-head');
    const { id } = await this.call(orderReport, { kind: 'class-subject-journal', groupId, from, to }, token);
    await eventually(
      async () => {
        const { state } = await this.call(getReport, { id }, token);
        if (state !== 'done') throw new Error(state);
      },
      { timeoutMs: 20_000 },
    );
    const { fileId } = await this.call(downloadReport, { id }, token);
    const sheets = await readXlsxFile((await this.world.reports.read(fileId))!);
    return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data as Sheets[string]]));
  }

  private record(told: Told): Promise<void> {
    const key = `${told.fact.type} ${told.aggregateId}`;
    const version = (this.versions.get(key) ?? 0) + 1;
    this.versions.set(key, version);
    return this.say(told, version);
  }
}
