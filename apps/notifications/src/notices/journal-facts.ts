import { Injectable } from '@nestjs/common';
import type {
  LessonDescribedV1,
  RecordedAttendance,
  RecordedMark,
  WithLesson,
} from '@parta/contracts-journal';
import type { Envelope } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { NotificationsSettings } from '../notifications.settings.js';
import { Announcements, type Reader } from './announcements.js';
import { CORRECTABLE_HOURS, NEWS_HOURS } from './news.js';
import { inOneForm, type NoticeContent } from './notice.js';

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
    private readonly settings: NotificationsSettings,
  ) {}

  async onMarksRecorded(facts: readonly Envelope<WithLesson<RecordedMark>>[]): Promise<void> {
    for (const fact of await this.heeded(facts, ({ data }) => `mark:${data.markId}`))
      await this.onMarkRecorded(fact.data, fact);
  }

  async onAttendancesRecorded(facts: readonly Envelope<WithLesson<RecordedAttendance>>[]): Promise<void> {
    for (const fact of await this.heeded(facts, ({ aggregateId }) => `absence:${aggregateId}`))
      await this.onAttendanceRecorded(fact.data, fact);
  }

  /**
   * The facts of a list that somebody listens to, or was told of before: with one look, since most families of a whole
   * class may listen to nothing. Of the others not even the version is remembered; the stream keeps their order.
   */
  private async heeded<D extends { studentId: string }>(
    facts: readonly Envelope<D>[],
    subjectKeyOf: (fact: Envelope<D>) => string,
  ): Promise<Envelope<D>[]> {
    const fresh = facts.filter((fact) => !this.isHistory(fact));
    if (fresh.length === 0) return [];
    const heard = await this.database.rows<{ position: number }>(sql`
      select f.position::int from unnest(${fresh.map((fact) => fact.schoolId)}::uuid[], ${fresh.map((fact) => fact.data.studentId)}::uuid[],
        ${fresh.map(subjectKeyOf)}::text[]) with ordinality as f(school_id, student_id, subject_key, position)
      where exists (select 1 from choices c where c.school_id = f.school_id and c.student_id = f.student_id)
        or exists (select 1 from notices n where n.school_id = f.school_id and n.subject_key = f.subject_key)
      order by f.position`);
    return heard.map(({ position }) => fresh[position - 1]!);
  }

  private async onMarkRecorded(mark: WithLesson<RecordedMark>, envelope: Envelope): Promise<void> {
    if (!(await this.isNewer(envelope))) return;
    const { subjectTitle, date, lessonNumber, value, workTypeTitle, comment } = mark;
    const isLow = mark.numericValue !== null && mark.numericValue <= LOW_MARK;
    // The value before is the one that the family was told, not one that came and went unseen.
    const content = ({ told, hasChosenKind }: Reader) => ({
      about: 'mark' as const,
      subjectTitle,
      date,
      lessonNumber,
      value,
      workTypeTitle,
      comment,
      previousValue: told?.about === 'mark' && !told.isValueWithheld ? told.value : null,
      isAnnulled: false,
      isCorrection: told !== null,
      isValueWithheld: isLow && !hasChosenKind,
    });
    await this.announcements.announce({
      schoolId: envelope.schoolId!,
      audience: { studentId: mark.studentId },
      kind: isLow ? 'low-mark' : 'mark',
      toldAs: [isLow ? 'mark' : 'low-mark'],
      isNews: this.isNews(envelope),
      isChange: mark.isAnnulled || mark.previousValue !== value,
      subjectKey: `mark:${mark.markId}`,
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      content: mark.isAnnulled ? null : content,
      withdrawal: (told) => ({
        ...content({ told, hasChosenKind: true }),
        value: told.about === 'mark' ? told.value : value,
        isAnnulled: true,
        isValueWithheld: told.about === 'mark' && told.isValueWithheld === true,
      }),
    });
  }

  private async onAttendanceRecorded(one: WithLesson<RecordedAttendance>, envelope: Envelope): Promise<void> {
    if (!(await this.isNewer(envelope))) return;
    const { subjectTitle, date, lessonNumber, code, minutesLate } = one;
    const content = (told: NoticeContent | null) => ({
      about: 'absence' as const,
      subjectTitle,
      date,
      lessonNumber,
      code,
      minutesLate,
      isCorrection: told !== null,
    });
    await this.announcements.announce({
      schoolId: envelope.schoolId!,
      audience: { studentId: one.studentId },
      kind: 'absence',
      toldAs: [],
      isNews: this.isNews(envelope) && !this.isForgotten(date),
      isChange: true,
      subjectKey: `absence:${envelope.aggregateId}`,
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      content: code === null ? null : ({ told }) => content(told),
      withdrawal: content,
    });
  }

  /** Only another homework is news, not a topic corrected; so what it was is remembered, old news included. */
  async onLessonDescribed(lesson: LessonDescribedV1, envelope: Envelope): Promise<void> {
    const { homework } = lesson;
    const before = await this.exchange(
      envelope,
      JSON.stringify([homework.text, homework.dueDate, homework.individual]),
      lesson.date,
    );
    if (!before.isNewer || before.isSame || this.isHistory(envelope)) return;
    const { subjectTitle, date, lessonNumber } = lesson;
    // What is forgotten cannot be told from what never was.
    const isKnown = before.content !== null || !this.isForgotten(date);
    const shared = {
      about: 'homework' as const,
      subjectTitle,
      date,
      lessonNumber,
      dueDate: homework.dueDate,
    };
    const about = {
      schoolId: envelope.schoolId!,
      kind: 'homework' as const,
      toldAs: [],
      isChange: true,
      isNews: this.isNews(envelope) && isKnown,
      version: envelope.aggregateVersion,
      occurredAt: envelope.occurredAt,
      withdrawal: () => ({ ...shared, text: null, isCorrection: false }),
    };
    const [wasText, wasDue] = before.content
      ? (JSON.parse(before.content) as [string | null, string | null])
      : [];
    const isOther = (text: string | null, was: string | null | undefined): boolean =>
      inOneForm(text) !== inOneForm(was);
    if (isOther(homework.text, wasText) || (homework.text && homework.dueDate !== wasDue)) {
      await this.announcements.announce({
        ...about,
        audience: { groupId: lesson.groupId, date },
        subjectKey: `homework:${lesson.lessonId}`,
        content: homework.text
          ? ({ told }) => ({ ...shared, text: homework.text, isCorrection: told !== null })
          : null,
      });
    }
    const were = before.content
      ? (JSON.parse(before.content) as [unknown, unknown, IndividualText[]])[2]
      : [];
    const pupils = new Set([...were, ...homework.individual].map((own) => own.studentId));
    for (const studentId of pupils) {
      const text = homework.individual.find((own) => own.studentId === studentId)?.text ?? null;
      if (!isOther(text, were.find((own) => own.studentId === studentId)?.text)) continue;
      await this.announcements.announce({
        ...about,
        audience: { studentId },
        subjectKey: `homework:${lesson.lessonId}:${studentId}`,
        content: text ? ({ told }) => ({ ...shared, text, isCorrection: told !== null }) : null,
      });
    }
  }

  private isNews(envelope: Envelope): boolean {
    return this.hoursSince(envelope) < NEWS_HOURS;
  }

  private isHistory(envelope: Envelope): boolean {
    return this.hoursSince(envelope) >= CORRECTABLE_HOURS;
  }

  /** Whether what was known of a lesson of that day may have been cleaned up. */
  private isForgotten(date: string): boolean {
    return this.clock.now().getTime() - Date.parse(date) > this.settings.keep.messageDays * 24 * 3_600_000;
  }

  private hoursSince({ occurredAt }: Envelope): number {
    return (this.clock.now().getTime() - Date.parse(occurredAt)) / 3_600_000;
  }

  private async isNewer(envelope: Envelope): Promise<boolean> {
    return (await this.exchange(envelope, null)).isNewer;
  }

  /**
   * Remembers the newest version with its content and answers what it was.
   * @param date it is about; what is about a day to come is not forgotten before that
   */
  private async exchange(
    { schoolId, aggregateId, aggregateVersion, occurredAt }: Envelope,
    content: string | null,
    date: string | null = null,
  ): Promise<{ isNewer: boolean; isSame: boolean; content: string | null }> {
    const found = await this.database.row<{ was: string | null; written: boolean }>(sql`
      with before as (select content from known_versions where school_id = ${schoolId} and aggregate_id = ${aggregateId}),
        written as (insert into known_versions (school_id, aggregate_id, version, content, age_from)
          values (${schoolId}, ${aggregateId}, ${aggregateVersion}, ${content}, greatest(${occurredAt}::timestamptz, ${date}::date))
          on conflict (school_id, aggregate_id) do update set version = excluded.version, content = excluded.content,
            age_from = excluded.age_from
          where known_versions.version < excluded.version returning 1)
      select (select content from before) as was, exists (select 1 from written) as written`);
    return {
      isNewer: found!.written,
      isSame: content !== null && found!.was === content,
      content: found!.was,
    };
  }
}
