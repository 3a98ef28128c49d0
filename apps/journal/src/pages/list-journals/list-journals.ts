import { Controller } from '@nestjs/common';
import { listJournals, type JournalList, type JournalRow } from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, type Actor } from '@parta/platform-rpc';
import { personsAs, READERS, visibleGroups } from '../../lessons/lesson.access.js';

@Controller()
export class ListJournals {
  constructor(private readonly database: Database) {}

  @Handles(listJournals)
  async execute(@Caller() actor: Actor): Promise<JournalList> {
    const journals = await this.database.rows<JournalRow>(sql`
      select g.id as "groupId", g.school_id as "schoolId", g.title, g.subject_title as "subjectTitle", c.title as "classTitle",
        t.name as teacher, g.teacher_ids && ${personsAs(actor, READERS)}::uuid[] as "isMine", coalesce(n.students, 0) as students
      from study_groups g
        left join classes c on c.school_id = g.school_id and c.id = g.class_id
        left join staff t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
        left join (select school_id, group_id, count(distinct student_id)::int as students from enrolments
          where to_date is null or to_date >= current_date group by school_id, group_id) n
          on n.school_id = g.school_id and n.group_id = g.id
      where g.is_active and ${visibleGroups(actor)}
      order by c.grade_level nulls last, c.title, g.subject_title, g.title`);
    return { journals };
  }
}
