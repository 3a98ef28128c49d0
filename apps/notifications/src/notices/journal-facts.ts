import { Injectable } from '@nestjs/common';
import type { AttendanceRecordedV1, LessonDescribedV1, MarkRecordedV1 } from '@parta/contracts-journal';
import type { NoticeKind } from '@parta/contracts-notifications';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { Announcements } from './announcements.js';

/** What happened longer ago is no news: a consumer that was down, or a journal filled in afterwards, wakes nobody. */
const NEWS_HOURS = 12;

/** A mark up to this value is a low one. */
const LOW_MARK = 2;

interface IndividualText {
  studentId: string;
  text: string;
}

/** What a teacher has entered, as families are to hear it. Facts come twice and late; the newest version counts. */
@Injectable()
export class JournalFacts {
  constructor(
    private readonly database: Database,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  async onMarkRecorded(mark: MarkRecordedV1, envelope: Envelope): Promise<void> {
    if (!this.isNews(envelope) || !(await this.isNewer(envelope))) return;
    const isLow = (value: number | null): boolean => value !== null && value <= LOW_MARK;
    const kinds: NoticeKind[] = ['mark'];
    if (isLow(mark.numericValue) || (mark.previousValue && isLow(Number(mark.previousValue))))
      kinds.push('low-mark');
    const { subjectTitle, date, lessonNumber, value, workTypeTitle, comment, previousValue } = mark;
    const content = (isToldOf: boolean, isAnnulled: boolean) => ({
      about: 'mark' as const,
      subjectTitle,
      date,
      lessonNumber,
      value,
      workTypeTitle,
      comment,
      previousValue: isToldOf ? previousValue : null,
      isAnnulled,
    });
    await this.announcements.announce({
      schoolId: envelope.schoolId!,
      audience: { studentId: mark.studentId },
      kinds,
      subjectKey: `mark:${mark.markId}`,
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      content: mark.isAnnulled ? null : (isToldOf) => content(isToldOf, false),
      withdrawal: content(true, true),
    });
  }

  async onAttendanceRecorded(one: AttendanceRecordedV1, envelope: Envelope): Promise<void> {
    if (!this.isNews(envelope) || !(await this.isNewer(envelope))) return;
    const { subjectTitle, date, lessonNumber, code, minutesLate } = one;
    const content = (isCorrection: boolean) => ({
      about: 'absence' as const,
      subjectTitle,
      date,
      lessonNumber,
      code,
      minutesLate,
      isCorrection,
    });
    await this.announcements.announce({
      schoolId: envelope.schoolId!,
      audience: { studentId: one.studentId },
      kinds: ['absence'],
      subjectKey: `absence:${envelope.aggregateId}`,
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      content: code === null ? null : content,
      withdrawal: content(false),
    });
  }

  /** Only another homework is news, not a topic corrected; so what it was is remembered, old news included. */
  async onLessonDescribed(lesson: LessonDescribedV1, envelope: Envelope): Promise<void> {
    const { homework } = lesson;
    const before = await this.exchange(
      envelope,
      JSON.stringify([homework.text, homework.dueDate, homework.individual]),
    );
    if (!before.isNewer || before.isSame || !this.isNews(envelope)) return;
    const { subjectTitle, date, lessonNumber } = lesson;
    const shared = {
      about: 'homework' as const,
      subjectTitle,
      date,
      lessonNumber,
      dueDate: homework.dueDate,
    };
    const about = {
      schoolId: envelope.schoolId!,
      kinds: ['homework'] satisfies NoticeKind[],
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      withdrawal: { ...shared, text: null, isCorrection: false },
    };
    const [wasText, wasDue] = before.content
      ? (JSON.parse(before.content) as [string | null, string | null])
      : [];
    if (homework.text !== (wasText ?? null) || (homework.text && homework.dueDate !== wasDue)) {
      await this.announcements.announce({
        ...about,
        audience: { groupId: lesson.groupId, date },
        subjectKey: `homework:${lesson.lessonId}`,
        content: homework.text ? (isCorrection) => ({ ...shared, text: homework.text, isCorrection }) : null,
      });
    }
    const were = before.content
      ? (JSON.parse(before.content) as [unknown, unknown, IndividualText[]])[2]
      : [];
    const pupils = new Set([...were, ...homework.individual].map((own) => own.studentId));
    for (const studentId of pupils) {
      const text = homework.individual.find((own) => own.studentId === studentId)?.text ?? null;
      if (text === (were.find((own) => own.studentId === studentId)?.text ?? null)) continue;
      await this.announcements.announce({
        ...about,
        audience: { studentId },
        subjectKey: `homework:${lesson.lessonId}:${studentId}`,
        content: text ? (isCorrection) => ({ ...shared, text, isCorrection }) : null,
      });
    }
  }

  private isNews({ occurredAt }: Envelope): boolean {
    return this.clock.now().getTime() - Date.parse(occurredAt) < NEWS_HOURS * 60 * 60 * 1000;
  }

  private async isNewer(envelope: Envelope): Promise<boolean> {
    return (await this.exchange(envelope, null)).isNewer;
  }

  /** Remembers the newest version with its content and answers what it was. */
  private async exchange(
    { schoolId, aggregateId, aggregateVersion }: Envelope,
    content: string | null,
  ): Promise<{ isNewer: boolean; isSame: boolean; content: string | null }> {
    const found = await this.database.row<{ was: string | null; written: boolean }>(sql`
      with before as (select content from known_versions where school_id = ${schoolId} and aggregate_id = ${aggregateId}),
        written as (insert into known_versions (school_id, aggregate_id, version, content)
          values (${schoolId}, ${aggregateId}, ${aggregateVersion}, ${content})
          on conflict (school_id, aggregate_id) do update set version = excluded.version, content = excluded.content
          where known_versions.version < excluded.version returning 1)
      select (select content from before) as was, exists (select 1 from written) as written`);
    return {
      isNewer: found!.written,
      isSame: content !== null && found!.was === content,
      content: found!.was,
    };
  }
}
