import { Controller } from '@nestjs/common';
import { setBells, type Bell, type SetBells } from '@parta/contracts-curriculum';
import type { Done } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { LessonLayer } from '../../timetable/lesson-layer.js';
import { onlyTheAdministrationSetsTheCalendar } from '../calendar.access.js';
import { SchoolYears } from '../school-years.js';

@Controller()
export class SetBellSchedule {
  constructor(
    private readonly database: Database,
    private readonly years: SchoolYears,
    private readonly lessons: LessonLayer,
  ) {}

  @Handles(setBells)
  async execute(@Input() { schoolId, bells }: SetBells, @Caller() actor: Actor): Promise<Done> {
    onlyTheAdministrationSetsTheCalendar(actor, schoolId);
    const inOrder = bells.toSorted((a, b) => a.lessonNumber - b.lessonNumber);
    bellsFollowEachOther(inOrder);
    const year = await this.years.toLay(schoolId);
    if (!year)
      throw new DomainError(
        'conflict',
        'curriculum.outside-school-year',
        'the school has no academic year yet',
      );
    await this.everyLessonHasItsBell(schoolId, inOrder);
    await this.database.run(sql`
      update school_years set bells = ${JSON.stringify(inOrder)}::jsonb where school_id = ${schoolId} and id = ${year.id}`);
    await this.years.publish(schoolId, year.id, actor);
    await this.lessons.lay(schoolId);
    return {};
  }

  /** @throws DomainError `curriculum.bell-in-use` when the timetable has lessons of a number that has no bell any more */
  private async everyLessonHasItsBell(schoolId: string, bells: readonly Bell[]): Promise<void> {
    const used = await this.database.rows<{ number: number }>(sql`
      select distinct s.lesson_number as number from timetable_slots s
        join study_groups g on g.school_id = s.school_id and g.id = s.group_id and g.is_active
      where s.school_id = ${schoolId} and not s.lesson_number = any (${bells.map((bell) => bell.lessonNumber)}::int[])
      order by 1`);
    if (used.length === 0) return;
    const lessonNumbers = used.map(({ number }) => number);
    throw new DomainError(
      'conflict',
      'curriculum.bell-in-use',
      `the timetable has lessons ${lessonNumbers.join(', ')}, which would have no bell`,
      { details: { lessonNumbers } },
    );
  }
}

function bellsFollowEachOther(bells: readonly Bell[]): void {
  bells.forEach((bell, i) => {
    const before = bells[i - 1];
    if (
      bell.startsAt >= bell.endsAt ||
      (before && (before.endsAt > bell.startsAt || before.lessonNumber === bell.lessonNumber))
    ) {
      throw new DomainError(
        'invalid',
        'curriculum.bells-overlap',
        `lesson ${bell.lessonNumber} does not follow the one before it`,
        {
          details: { lessonNumber: bell.lessonNumber },
        },
      );
    }
  });
}
