import { Controller } from '@nestjs/common';
import { setChildChoices, type ChildChoices, type SetChildChoices } from '@parta/contracts-notifications';
import { Conflict, InvalidInput } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { onlyOwnChild } from '../family.access.js';
import { childrenWithChoices } from '../settings-rows.js';

@Controller()
export class SetChildChoicesHandler {
  constructor(private readonly database: Database) {}

  @Handles(setChildChoices)
  async execute(@Input() input: SetChildChoices, @Caller() actor: Actor): Promise<ChildChoices> {
    const { schoolId, personId } = await onlyOwnChild(this.database, actor, input.studentId);
    eachKindIsNamedOnce(input);
    const wanted = input.choices.flatMap((choice) =>
      (['email', 'sms'] as const).map((channel) => ({
        kind: choice.kind,
        channel,
        delivery: choice[channel],
      })),
    );
    await this.onlyOpenContacts(schoolId, personId, input.studentId, wanted);
    await this.nextVersion(schoolId, personId, input);
    const key = sql`school_id = ${schoolId} and student_id = ${input.studentId} and person_id = ${personId}`;
    await this.database.run(sql`
      delete from choices where ${key} and kind = any (${input.choices.map((choice) => choice.kind)}::text[])`);
    await this.database.run(sql`
      insert into choices (school_id, person_id, student_id, kind, channel, delivery)
      select ${schoolId}, ${personId}, ${input.studentId}, x.kind, x.channel, x.delivery
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as x(kind text, channel text, delivery text)
      where x.delivery <> 'off'`);
    const [child] = await childrenWithChoices(this.database, [
      { schoolId, personId, studentIds: [input.studentId] },
    ]);
    return child!;
  }

  /** What was chosen before a channel failed may stay; nothing new is chosen for a channel without consent. */
  private async onlyOpenContacts(
    schoolId: string,
    personId: string,
    studentId: string,
    wanted: readonly { kind: string; channel: string; delivery: string }[],
  ): Promise<void> {
    const closed = await this.database.rows<{ channel: string }>(sql`
      select distinct x.channel from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as x(kind text, channel text, delivery text)
      where x.delivery <> 'off' and not exists (select 1 from contacts c where c.school_id = ${schoolId}
          and c.person_id = ${personId} and c.channel = x.channel and c.state = 'open')
        and not exists (select 1 from choices ch where ch.school_id = ${schoolId} and ch.student_id = ${studentId}
          and ch.person_id = ${personId} and ch.kind = x.kind and ch.channel = x.channel)`);
    if (closed.length > 0)
      throw new Conflict('notifications.contact-not-open', 'there is no consent for this channel', {
        channels: closed.map((row) => row.channel),
      });
  }

  private async nextVersion(
    schoolId: string,
    personId: string,
    { studentId, version }: SetChildChoices,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into choice_versions (school_id, person_id, student_id, version)
      select ${schoolId}, ${personId}, ${studentId}, 1 where ${version}::int = 0
      on conflict do nothing`);
    if (written === 1) return;
    const raised = await this.database.run(sql`
      update choice_versions set version = version + 1
      where school_id = ${schoolId} and person_id = ${personId} and student_id = ${studentId} and version = ${version}`);
    if (raised === 0)
      throw new Conflict('notifications.choices-stale', 'the choices have changed since they were read');
  }
}

function eachKindIsNamedOnce({ choices }: SetChildChoices): void {
  const repeated = choices.findIndex(
    (choice, i) => choices.findIndex((one) => one.kind === choice.kind) !== i,
  );
  if (repeated >= 0)
    throw new InvalidInput([
      {
        field: `choices[${repeated}].kind`,
        code: 'notifications.kind-repeated',
        message: 'each kind is named once',
      },
    ]);
}
