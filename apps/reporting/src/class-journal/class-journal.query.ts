import { averageSql, weightedAverageSql } from '@parta/domain-marks';
import type { NameFields } from '@parta/domain-marks/names';
import { sql, type Database } from '@parta/platform-persistence';
import { nothingToPrint } from '../jobs/report.errors.js';
import { printedLessons } from './printed-lessons.js';
import {
  headingColumns,
  nameFields,
  pupilSpells,
  type Heading,
  type Spell,
} from '../workbook/heading.query.js';

export interface JournalLesson {
  id: string;
  date: string;
  topic: string | null;
  homework: string | null;
  noHomework: boolean;
  individual: { studentId: string; text: string }[];
}

export interface JournalPupil {
  id: string;
  familyName: string;
  givenName: string;
  /** when it belonged to the study group, the earliest first */
  spells: Spell[];
  average: number | null;
  weightedAverage: number | null;
}

export interface JournalEntry {
  lessonId: string;
  studentId: string;
  code: string | null;
  marks: string[];
}

/** The journal of a study group between two dates, with all that stands on its pages. */
export interface ClassJournal extends Heading {
  title: string;
  subjectTitle: string;
  classTitle: string | null;
  teachers: NameFields[];
  lessons: JournalLesson[];
  pupils: JournalPupil[];
  entries: JournalEntry[];
}

/**
 * One statement. Annulled marks are not among the marks; pupils stand in the order of the Russian alphabet. A lesson
 * that the timetable has dropped is printed if anything stands in it, and so is a pupil with entries who belonged to the
 * group on no day, a move dated back says.
 * @throws DomainError `reporting.nothing-to-print`
 */
export async function classJournal(
  database: Database,
  { schoolId, groupId, from, to }: { schoolId: string; groupId: string; from: string; to: string },
): Promise<ClassJournal> {
  const journal = await database.row<ClassJournal>(sql`
    with found as materialized (
      select g.*, c.title as class_title from study_groups g left join classes c on c.school_id = g.school_id and c.id = g.class_id
      where g.school_id = ${schoolId} and g.id = ${groupId}
    ), held as materialized (${printedLessons(schoolId, groupId, from, to)}
    ), put as materialized (
      select m.* from marks m join held h on h.id = m.lesson_id
      where m.school_id = ${schoolId} and m.group_id = ${groupId} and not m.is_annulled
    ), missed as materialized (
      select a.lesson_id, a.student_id, a.code from attendance a join held h on h.id = a.lesson_id
      where a.school_id = ${schoolId} and a.group_id = ${groupId} and a.code is not null
    ), members as materialized (${pupilSpells(schoolId, groupId, from, to)}
    ), pupils as materialized (
      select id, family_name, given_name, spells from members
      union all
      select s.id, s.family_name, s.given_name, '[]'::json from students s
      where s.school_id = ${schoolId} and s.id in (select student_id from put union select student_id from missed)
        and s.id not in (select id from members)
    ), averages as (
      select student_id, ${sql.trusted(averageSql('numeric_value'))} as average,
        ${sql.trusted(weightedAverageSql('numeric_value', 'weight'))} as weighted
      from put group by student_id
    )
    select f.title, f.subject_title as "subjectTitle", f.class_title as "classTitle", ${headingColumns(schoolId, from)},
      coalesce((select json_agg(${nameFields('t')} order by u.position)
        from unnest(f.teacher_ids) with ordinality as u(id, position) join staff t on t.school_id = f.school_id and t.id = u.id), '[]') as teachers,
      coalesce((select json_agg(json_build_object('id', h.id, 'date', to_char(h.date, 'YYYY-MM-DD'), 'topic', d.topic,
          'homework', d.homework, 'noHomework', coalesce(d.no_homework, false), 'individual', coalesce(d.individual, '[]'))
          order by h.date, h.number nulls last, h.id)
        from held h left join lesson_descriptions d on d.school_id = ${schoolId} and d.lesson_id = h.id), '[]') as lessons,
      coalesce((select json_agg(json_build_object('id', p.id, 'familyName', p.family_name, 'givenName', p.given_name,
          'spells', p.spells, 'average', a.average, 'weightedAverage', a.weighted)
          order by p.family_name collate "ru-x-icu", p.given_name collate "ru-x-icu", p.id)
        from pupils p left join averages a on a.student_id = p.id), '[]') as pupils,
      coalesce((select json_agg(json_build_object('lessonId', e.lesson_id, 'studentId', e.student_id, 'code', e.code, 'marks', e.marks))
        from (select lesson_id, student_id, n.code, coalesce(m.marks, '[]') as marks
          from (select lesson_id, student_id, json_agg(value order by recorded_at, id) as marks from put group by lesson_id, student_id) m
            full join missed n using (lesson_id, student_id)) e), '[]') as entries
    from found f`);
  if (!journal || journal.lessons.length === 0 || journal.pupils.length === 0) throw nothingToPrint();
  return journal;
}
