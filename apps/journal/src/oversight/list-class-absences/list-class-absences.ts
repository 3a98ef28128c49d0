import { Controller } from '@nestjs/common';
import {
  listClassAbsences,
  type ClassAbsence,
  type ClassAbsences,
  type ClassAbsencesOf,
} from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { rangeIsAtMost } from '../../pages/date-range.js';
import { classInCare } from '../class.access.js';

@Controller()
export class ListClassAbsences {
  constructor(private readonly database: Database) {}

  @Handles(listClassAbsences)
  async execute(
    @Input() { classId, from, to }: ClassAbsencesOf,
    @Caller() actor: Actor,
  ): Promise<ClassAbsences> {
    rangeIsAtMost(from, to, 62);
    const schoolId = await classInCare(this.database, actor, classId, false);
    const absences = await this.database.rows<ClassAbsence>(sql`
      select l.id as "lessonId", st.id as "studentId", st.family_name || ' ' || st.given_name as "studentName",
        to_char(l.date, 'YYYY-MM-DD') as date, l.lesson_number as "lessonNumber", g.subject_title as "subjectTitle",
        k.attendance as code, k.minutes_late as "minutesLate", k.absence_reason as reason, k.version as "cellVersion"
      from students st
        join cells k on k.school_id = st.school_id and k.student_id = st.id and k.attendance is not null
        join lessons l on l.school_id = k.school_id and l.id = k.lesson_id and l.date between ${from}::date and ${to}::date
        join study_groups g on g.school_id = l.school_id and g.id = l.group_id
      where st.school_id = ${schoolId} and st.class_id = ${classId}
      order by l.date desc, st.family_name, st.given_name, st.id, l.lesson_number
      limit 20000`);
    return { absences };
  }
}
