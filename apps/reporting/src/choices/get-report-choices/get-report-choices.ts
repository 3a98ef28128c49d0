import { Controller } from '@nestjs/common';
import { getReportChoices, type ReportChoices } from '@parta/contracts-reporting';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, type Actor } from '@parta/platform-rpc';
import { printableGroups, reportableClasses, staffPersons } from '../../jobs/report.access.js';

/** What the order form offers. */
@Controller()
export class GetReportChoices {
  constructor(private readonly database: Database) {}

  @Handles(getReportChoices)
  async execute(@Caller() actor: Actor): Promise<ReportChoices> {
    const persons = staffPersons(actor);
    const choices = await this.database.row<ReportChoices>(sql`
      select
        coalesce((select json_agg(json_build_object('groupId', g.id, 'classId', g.class_id, 'title', g.title,
            'subjectTitle', g.subject_title, 'classTitle', c.title, 'isMine', g.teacher_ids && ${persons}::uuid[])
            order by c.grade_level nulls last, c.title, g.subject_title, g.title)
          from study_groups g left join classes c on c.school_id = g.school_id and c.id = g.class_id
          where g.is_active and ${printableGroups(actor)}), '[]') as groups,
        coalesce((select json_agg(json_build_object('classId', c.id, 'title', c.title,
            'isMine', c.homeroom_teacher_ids && ${persons}::uuid[]) order by c.grade_level nulls last, c.title)
          from classes c where c.is_active and ${reportableClasses(actor)}), '[]') as classes`);
    return choices!;
  }
}
