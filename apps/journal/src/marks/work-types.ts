import { Injectable } from '@nestjs/common';
import type { WorkType } from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';

/** Kinds of work of the schools in the running unit of work. */
@Injectable()
export class WorkTypes {
  constructor(private readonly database: Database) {}

  of(schoolIds: readonly string[]): Promise<WorkType[]> {
    return this.database.rows<WorkType>(sql`
      select id as "workTypeId", title, short_code as "shortCode", weight::float8 as weight, is_written as "isWritten"
      from work_types where school_id = any (${schoolIds}::uuid[]) order by school_id, position`);
  }
}
