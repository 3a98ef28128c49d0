import { Injectable } from '@nestjs/common';
import { Database, sql } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';

export interface KeptChange {
  lessonId: string;
  studentId: string | null;
  markId: string | null;
  subject: 'mark' | 'attendance' | 'lesson' | 'opening';
  before: string | null;
  after: string | null;
  reason: string | null;
  isLate: boolean;
}

/** The history: who changed what, when, from what, and why. Rows are only ever added. */
@Injectable()
export class Changes {
  constructor(private readonly database: Database) {}

  keep(schoolId: string, actor: Actor, at: Date, changes: readonly KeptChange[]): void {
    if (changes.length === 0) return;
    const rows = changes.map((change) => ({ ...change, id: uuidv7() }));
    this.database.send(sql`
      insert into changes (school_id, id, lesson_id, student_id, mark_id, subject, before, after, reason, is_late, changed_at,
        account_id, person_id, changed_by)
      select ${schoolId}, x.id, x."lessonId", x."studentId", x."markId", x.subject, x.before, x.after, x.reason, x."isLate",
        ${at.toISOString()}::timestamptz, ${actor.id}::uuid, ${actor.personIn(schoolId)}::uuid, ${actor.name}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, "lessonId" uuid, "studentId" uuid, "markId" uuid,
        subject text, before text, after text, reason text, "isLate" boolean)`);
  }
}
