import { markTotalsSql, totalsOf, type MarkTotals } from '@parta/domain-marks';
import type { NameFields } from '@parta/domain-marks/names';
import { sql, type Database } from '@parta/platform-persistence';
import { nothingToPrint } from '../jobs/report.errors.js';
import {
  headingColumns,
  nameFields,
  pupilSpells,
  type Heading,
  type Spell,
} from '../workbook/heading.query.js';

export interface SubjectResult {
  title: string;
  /** of the marks in it; averages and expected marks come of them */
  totals: MarkTotals;
}

export interface ProgressPupil {
  id: string;
  familyName: string;
  givenName: string;
  spells: Spell[];
  /** still in the class on the last day */
  isActive: boolean;
  /** every subject learnt, with or without marks */
  subjects: SubjectResult[];
  /** marks of the period by value */
  marks: Record<'5' | '4' | '3' | '2', number>;
  /** lessons missed */
  absences: { total: number; illness: number; excused: number };
}

/** What a class has achieved between two dates. */
export interface ClassProgress extends Heading {
  title: string;
  gradeLevel: number | null;
  homeroomTeachers: NameFields[];
  /** in the order of the alphabet */
  pupils: ProgressPupil[];
}

/**
 * One statement. Annulled marks do not count; who left the class is there with what was achieved until then, and with
 * what the class's own groups have recorded since, as it happens when a move is dated back.
 * @throws DomainError `reporting.nothing-to-print`
 */
export async function classProgress(
  database: Database,
  { schoolId, classId, from, to }: { schoolId: string; classId: string; from: string; to: string },
): Promise<ClassProgress> {
  const progress = await database.row<ClassProgress>(sql`
    with pupils as materialized (${pupilSpells(schoolId, classId, from, to)}
    ), learns as (
      select distinct p.id, g.subject_title
      from pupils p join students s on s.school_id = ${schoolId} and s.id = p.id,
        jsonb_to_recordset(s.enrolments) as e("groupId" uuid, "from" date, "to" date)
        join study_groups g on g.school_id = ${schoolId} and g.id = e."groupId"
      where coalesce(e."from" <= ${to}::date and e."from" <= p.until, true) and coalesce(e."to" >= ${from}::date, true)
    ), put as materialized (
      select m.student_id, coalesce(g.subject_title, m.subject_title) as subject_title, m.value, m.numeric_value, m.weight
      from pupils p join marks m on m.school_id = ${schoolId} and m.student_id = p.id and not m.is_annulled
          and m.date between ${from}::date and ${to}::date
        left join study_groups g on g.school_id = m.school_id and g.id = m.group_id
      where m.date <= p.until or g.class_id = ${classId}
    ), results as (
      select student_id, subject_title, ${sql.trusted(markTotalsSql('numeric_value', 'weight'))} as totals
      from put group by student_id, subject_title
    ), counted as (
      select student_id, json_build_object('5', count(*) filter (where value = '5'), '4', count(*) filter (where value = '4'),
        '3', count(*) filter (where value = '3'), '2', count(*) filter (where value = '2')) as marks
      from put group by student_id
    ), missed as (
      select a.student_id, json_build_object('total', count(*), 'illness', count(*) filter (where a.code = 'ILL'),
        'excused', count(*) filter (where a.code = 'EXCUSED')) as absences
      from pupils p join attendance a on a.school_id = ${schoolId} and a.student_id = p.id and a.code in ('ABSENT', 'ILL', 'EXCUSED')
          and a.date between ${from}::date and ${to}::date
        left join study_groups g on g.school_id = a.school_id and g.id = a.group_id
      where a.date <= p.until or g.class_id = ${classId}
      group by a.student_id
    )
    select c.title, c.grade_level as "gradeLevel", ${headingColumns(schoolId, from)},
      coalesce((select json_agg(${nameFields('t')} order by u.position)
        from unnest(c.homeroom_teacher_ids) with ordinality as u(id, position)
          join staff t on t.school_id = c.school_id and t.id = u.id), '[]') as "homeroomTeachers",
      coalesce((select json_agg(json_build_object('id', p.id, 'familyName', p.family_name, 'givenName', p.given_name,
          'spells', p.spells, 'isActive', p.until >= ${to}::date,
          'subjects', coalesce((select json_agg(json_build_object('title', x.subject_title,
              'totals', coalesce(r.totals, '${sql.trusted(JSON.stringify(totalsOf([])))}')) order by x.subject_title)
            from (select subject_title from learns l where l.id = p.id union select subject_title from results r2 where r2.student_id = p.id) x
              left join results r on r.student_id = p.id and r.subject_title = x.subject_title), '[]'),
          'marks', coalesce(k.marks, '{"5": 0, "4": 0, "3": 0, "2": 0}'),
          'absences', coalesce(a.absences, '{"total": 0, "illness": 0, "excused": 0}'))
          order by p.family_name collate "ru-x-icu", p.given_name collate "ru-x-icu", p.id)
        from pupils p left join counted k on k.student_id = p.id left join missed a on a.student_id = p.id), '[]') as pupils
    from classes c where c.school_id = ${schoolId} and c.id = ${classId}`);
  if (!progress || progress.pupils.every((pupil) => pupil.subjects.length === 0)) throw nothingToPrint();
  return progress;
}
