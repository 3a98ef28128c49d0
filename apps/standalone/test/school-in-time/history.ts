import { randomUUID } from 'node:crypto';
import { clearDayOff, setDayOff } from '@parta/contracts-curriculum';
import { describeLesson, listWorkTypes, type LessonCard, type WorkType } from '@parta/contracts-journal';
import { chance } from '../../src/chance.js';
import type { BedInTime } from './bed.js';
import { Ledger } from './ledger.js';
import { SchoolInTime, type GroupInTime } from './school.js';

const SUBJECTS = ['Алгебра', 'История', 'Чтение'];
const NAMES = ['История России', 'Алгебра и начала анализа', 'Литература', 'Алгебра'];
const CODES = ['ABSENT', 'ILL', 'EXCUSED', 'LATE'] as const;
const HOUR = 3_600_000;

/**
 * A school to which everything happens that a school year brings, by chance, and in between teachers enter what they
 * enter. Times of day are Yekaterinburg's, five hours ahead.
 */
export class HistoryOfSchool {
  readonly ledger = new Ledger();
  readonly log: string[] = [];
  school: SchoolInTime;
  private workTypes: WorkType[];
  private readonly next: () => number;

  private constructor(
    private readonly world: BedInTime,
    readonly seed: number,
  ) {
    this.next = chance(seed);
  }

  /** On a Monday of the second quarter, with a first timetable. */
  static async begin(world: BedInTime, seed: number): Promise<HistoryOfSchool> {
    const history = new HistoryOfSchool(world, seed);
    world.clock.set('2026-11-09T02:00:00Z');
    history.school = await new SchoolInTime(world, SUBJECTS).tell();
    const token = await history.school.asTeacher();
    history.workTypes = (await history.school.call(listWorkTypes, {}, token)).workTypes;
    await history.newTimetable();
    return history;
  }

  private upTo(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  private one<T>(list: readonly T[]): T {
    return list[this.upTo(list.length)]!;
  }

  /** The school's date some days from now. */
  private day(days: number): string {
    return new Date(this.world.clock.now().getTime() + (days * 24 + 5) * HOUR).toISOString().slice(0, 10);
  }

  /** One thing happens: mostly somebody enters something. */
  async step(): Promise<void> {
    const happenings: [weight: number, () => Promise<string>][] = [
      [12, () => this.someoneEnters()],
      [4, () => this.timePasses()],
      [2, () => this.newTimetable()],
      [2, () => this.dayOff()],
      [2, () => this.pupilMoves()],
      [2, () => this.teacherChanges()],
      [1, () => this.subjectIsRenamed()],
      [1, () => this.groupEndsOrReturns()],
      [1, () => this.yearIsRecordedAnew()],
    ];
    let drawn = this.next() * happenings.reduce((sum, [weight]) => sum + weight, 0);
    const [, happen] = happenings.find(([weight]) => (drawn -= weight) < 0)!;
    this.log.push(`${this.world.clock.now().toISOString()} ${await happen()}`);
    await this.world.settled();
  }

  /** The next academic year begins, with groups of its own; the old ones end. */
  async yearPasses(): Promise<void> {
    this.world.clock.set('2027-08-20T05:00:00Z');
    await this.school.tellYear(randomUUID(), {
      title: '2027/2028 учебный год',
      startDate: '2027-09-01',
      endDate: '2028-05-30',
      periods: [],
    });
    for (const group of this.school.groups) {
      group.isActive = false;
      await this.school.tellGroup(group);
    }
    const [first] = this.school.groups as [GroupInTime];
    const next = { ...first, id: randomUUID(), sourcedId: randomUUID(), isActive: true };
    this.school.groups.push(next);
    await this.school.tellGroup(next);
    await this.world.settled();
    await this.school.timetable([[next, 3, 1]]);
    this.world.clock.set('2027-09-02T05:00:00Z');
    this.log.push('the next year has begun');
  }

  private async timePasses(): Promise<string> {
    const hours = this.one([1, 2, 3, 5, 19, 24]);
    this.world.clock.set(new Date(this.world.clock.now().getTime() + hours * HOUR));
    return `${hours} hours pass`;
  }

  private async newTimetable(): Promise<string> {
    const slots = new Map<string, readonly [GroupInTime, number, number]>();
    for (const group of this.school.groups.filter((one) => one.isActive))
      for (let i = 0; i < 8 + this.upTo(10); i += 1) {
        const [weekday, number] = [1 + this.upTo(6), 1 + this.upTo(8)];
        slots.set(`${group.id} ${weekday} ${number}`, [group, weekday, number]);
      }
    if (slots.size === 0) return 'no group has a timetable';
    const report = await this.school.timetable([...slots.values()]);
    if (!report.isApplied) throw new Error(`the timetable is not applied: ${JSON.stringify(report)}`);
    return `a timetable of ${slots.size} hours, ${report.lessonsAdded} added, ${report.lessonsRemoved} removed`;
  }

  private async dayOff(): Promise<string> {
    const date = this.day(this.one([0, 0, 1, 3]));
    const token = await this.school.token('deputy-head');
    const { id: schoolId } = this.school;
    if (this.next() < 0.5) {
      await this.school.call(setDayOff, { schoolId, date, title: 'Карантин' }, token);
      return `${date} is a day off`;
    }
    await this.school.call(clearDayOff, { schoolId, date }, token);
    return `${date} is no day off`;
  }

  /** Out of a group, or into it, from a day before today or after it. */
  private async pupilMoves(): Promise<string> {
    const pupil = this.one(this.school.pupils);
    const group = this.one(this.school.groups);
    const shift = this.one([-8, -3, -1, 0, 2]);
    const isIn = pupil.enrolments.some((one) => one.groupId === group.id && one.to === null);
    if (isIn) {
      pupil.enrolments = pupil.enrolments
        .map((one) => (one.groupId === group.id && one.to === null ? { ...one, to: this.day(shift) } : one))
        .filter((one) => one.to === null || one.from! <= one.to);
    } else pupil.enrolments.push({ groupId: group.id, from: this.day(shift), to: null });
    await this.school.tellPupil(pupil);
    return `${pupil.name} ${isIn ? 'leaves' : 'joins'} ${group.subject} on ${this.day(shift)}`;
  }

  private async teacherChanges(): Promise<string> {
    const group = this.one(this.school.groups);
    const { teacher, otherTeacher } = this.school;
    group.teacherId = group.teacherId === teacher ? otherTeacher : teacher;
    await this.school.tellGroup(group);
    return `${group.subject} gets another teacher`;
  }

  private async subjectIsRenamed(): Promise<string> {
    const group = this.one(this.school.groups);
    const before = group.subject;
    group.subject = this.one(NAMES);
    await this.school.tellGroup(group);
    return `${before} becomes ${group.subject}`;
  }

  private async groupEndsOrReturns(): Promise<string> {
    const group = this.one(this.school.groups);
    group.isActive = !group.isActive;
    await this.school.tellGroup(group);
    return `${group.subject} ${group.isActive ? 'is there again' : 'ends'}`;
  }

  private async yearIsRecordedAnew(): Promise<string> {
    const startDate = this.one(['2026-09-01', '2026-08-25', '2026-11-02']);
    await this.school.tellYear(randomUUID(), { startDate });
    return `the year is recorded anew, from ${startDate}`;
  }

  /** A teacher goes through some cells of the lessons of a day that are open. */
  private async someoneEnters(): Promise<string> {
    const { teacher, otherTeacher } = this.school;
    const done: string[] = [];
    for (let attempt = 0; attempt < 4 && done.length === 0; attempt += 1) {
      const personId = this.one([teacher, otherTeacher]);
      const token = await this.school.asTeacher(personId);
      const date = this.day(this.one([0, 0, -1, -2, -3, -6]));
      const lessons = (await this.school.dayOf(date, token)).filter((one) => one.isOpen);
      for (let entry = 0; lessons.length > 0 && entry < 4; entry += 1) {
        const card = await this.school.card(this.one(lessons).lessonId, token);
        const isTopic = this.next() < 0.2 || card.list.length === 0;
        done.push(
          await (isTopic ? this.describes(card, personId, token) : this.fillsACell(card, personId, token)),
        );
      }
    }
    return done.join('; ') || 'nobody teaches';
  }

  private async describes(card: LessonCard, authorId: string, token: string): Promise<string> {
    const { lessonId, groupId, date, version } = card;
    const [topic, homework] = [`Тема ${this.upTo(100)}`, `№ ${this.upTo(100)}`];
    await this.school.call(
      describeLesson,
      {
        lessonId,
        version,
        topic,
        homework: { text: homework, noHomework: false, dueDate: null, individual: [] },
      },
      token,
    );
    Object.assign(this.ledger.lesson({ lessonId, groupId, date, authorId }), { topic, homework });
    return `«${topic}» is written into ${card.subjectTitle} of ${date}, lesson ${card.lessonNumber}`;
  }

  private async fillsACell(card: LessonCard, authorId: string, token: string): Promise<string> {
    const { lessonId, groupId, date } = card;
    const { studentId, cell: seen, name } = this.one(card.list);
    const lesson = this.ledger.lesson({ lessonId, groupId, date, authorId });
    const cell = this.ledger.cell(lesson, studentId);
    const where = `${name}, ${card.subjectTitle} of ${date}, lesson ${card.lessonNumber}`;
    const kind = this.one(
      seen.marks.length > 0
        ? (['mark', 'correction', 'annulment', 'attendance'] as const)
        : (['mark', 'attendance'] as const),
    );
    if (kind === 'attendance') {
      const code = this.one([...CODES, null]);
      await this.school.enter(lessonId, studentId, { kind, code }, token);
      cell.code = code;
      return `${code} for ${where}`;
    }
    if (kind === 'mark') {
      if (seen.marks.length >= 4) return `${where} has marks enough`;
      const [value, workType] = [String(2 + this.upTo(4)), this.one(this.workTypes)];
      const { workTypeId, weight } = workType;
      const { marks } = await this.school.enter(lessonId, studentId, { kind, value, workTypeId }, token);
      const before = new Set(cell.marks.map((mark) => mark.markId));
      const added = marks.filter((mark) => !before.has(mark.markId));
      cell.marks.push({ markId: added[0]!.markId, value, weight });
      return `${value} for ${where}`;
    }
    const { markId } = this.one(seen.marks);
    if (kind === 'annulment') {
      await this.school.enter(lessonId, studentId, { kind, markId, reason: 'ошибка' }, token);
      cell.marks = cell.marks.filter((mark) => mark.markId !== markId);
      return `a mark is annulled for ${where}`;
    }
    const value = String(2 + this.upTo(4));
    await this.school.enter(lessonId, studentId, { kind, markId, value, reason: 'ошибка' }, token);
    cell.marks.find((mark) => mark.markId === markId)!.value = value;
    return `corrected to ${value} for ${where}`;
  }
}
