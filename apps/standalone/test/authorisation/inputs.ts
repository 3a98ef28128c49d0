import { Readable } from 'node:stream';
import { fieldsOf, type Constructor, type FieldRecord, type Operation } from '@parta/platform-contract';
import type { FileStore } from '@parta/platform-messaging';
import ExcelJS from 'exceljs';
import { recordName, type Records } from './relations.js';
import { TODAY, TOMORROW } from './schools.js';

/** An input, and which of the caller's records it points at. */
export interface Placed {
  input: Record<string, unknown>;
  places: readonly string[];
}

type Value = unknown;
type Given = Value | ((records: Records, files: FileStore | null) => Value | Promise<Value>);

/** What the schema alone cannot say. A function points at records. */
const GIVEN: Record<string, Record<string, Given>> = {
  'contingent.submit-roster': upload(() => Buffer.from('no package')),
  'curriculum.submit-timetable': {
    ...upload((records) =>
      Buffer.from(
        `schoolSourcedId,classSourcedId,weekday,lessonNumber,room\r\ns1,g-${records.groupId},1,1,12\r\n`,
      ),
    ),
    dryRun: true,
  },
  'curriculum.import-thematic-plan': upload(() => thematicPlan()),
  'curriculum.set-day-off': { date: TOMORROW },
  'curriculum.clear-day-off': { date: TOMORROW },
  'curriculum.transfer-school-day': { date: TOMORROW },
  'curriculum.set-bells': { bells: [{ lessonNumber: 1, startsAt: '08:30', endsAt: '09:15' }] },
  'identity.change-password': { currentPassword: 'a guess', newPassword: 'quite another one' },
  'identity.accept-invitation': { login: 'somebody.new', password: 'quite another one' },
  'identity.set-account-blocked': { isBlocked: false },
  'identity.set-client-blocked': { isBlocked: false },
  'identity.register-client': { scopes: ['roster.read'] },
  'identity.grant-role': { role: 'nurse' },
  'reporting.list-reports': { pageSize: 100 },
  // A version that nobody has seen: nothing is written, and it is only found out behind the check.
  'journal.describe-lesson': { version: 999 },
  'journal.record-entries': {
    entries: ({ studentId }: Records) => [
      { kind: 'attendance', studentId, cellVersion: 999, code: 'ABSENT' },
    ],
  },
  'journal.explain-absences': {
    absences: ({ lessonId, studentId }: Records) => [
      { lessonId, studentId, cellVersion: 999, code: 'ILL', reason: null },
    ],
  },
  'notifications.confirm-contact': { code: '000000' },
  'notifications.set-child-choices': { version: 999, choices: [{ kind: 'mark', email: 'off', sms: 'off' }] },
  'notifications.set-hours': { quietFrom: '21:00', quietTo: '08:00', digestAt: '19:00' },
  'notifications.get-subscription': { token: 'x'.repeat(43) },
  'notifications.unsubscribe': { token: 'x'.repeat(43) },
  'gateway.redrive-parked-fact': { service: 'journal', consumer: 'journal__contingent' },
  'gateway.discard-parked-fact': { service: 'journal', consumer: 'journal__contingent' },
};

/** Optional fields that belong together; without a line here: none of them, then all. */
const VARIANTS: Record<string, readonly Record<string, Given>[]> = {
  'identity.list-people': [point('schoolId'), { ...point('schoolId'), ...point('classId') }],
  'reporting.order-report': [
    { kind: 'class-subject-journal', ...point('groupId'), ...point('periodId') },
    { kind: 'class-progress', ...point('classId'), ...point('periodId') },
  ],
};

function point(name: string): Record<string, Given> {
  return { [name]: (records: Records) => records[name] };
}

function upload(content: (records: Records) => Buffer | Promise<Buffer>): Record<string, Given> {
  return {
    uploadId: async (records: Records, files: FileStore | null) => {
      const bytes = await content(records);
      return files ? (await files.put(Readable.from([bytes]), 1_000_000)).id : NO_UPLOAD;
    },
    sha256: '0'.repeat(64),
    size: 1,
  };
}

const NO_UPLOAD = '00000000-0000-7000-8000-000000000000';

let plan: Promise<Buffer> | undefined;
const thematicPlan = (): Promise<Buffer> => (plan ??= writeThematicPlan());

async function writeThematicPlan(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('КТП').addRows([
    ['№', 'Тема'],
    [1, 'Дроби'],
  ]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Optional fields that an operation is called with; each entry is a call of its own. */
export function variantsOf(operation: Operation): readonly Record<string, Given>[] {
  const key = `${operation.service}.${operation.name}`;
  const optional = fieldsOf(operation.input).filter(
    (field) => field.options.optional && recordName(operation.service, operation.name, field.name),
  );
  const known = VARIANTS[key];
  if (known) {
    const unused = optional.filter((field) => !known.some((variant) => field.name in variant));
    if (unused.length > 0)
      throw new Error(
        `${key}: say in VARIANTS of inputs.ts how ${unused.map((f) => f.name).join(', ')} is called`,
      );
    return known;
  }
  if (optional.length === 0) return [{}];
  return [{}, Object.assign({}, ...optional.map((field) => point(field.name))) as Record<string, Given>];
}

/**
 * A valid input that points at these records.
 * @param files where uploads go; null for calls that do not come as far as to read them
 * @throws Error which says what to add, when a field is an id and nobody knows of what
 */
export async function inputFor(
  operation: Operation,
  variant: Record<string, Given>,
  records: Records,
  files: FileStore | null,
): Promise<Placed> {
  const places = new Set<string>();
  const noting = new Proxy(records, {
    get: (target, name: string) => {
      places.add(name);
      return target[name];
    },
  });
  const given: Record<string, Given> = {
    ...(/^(redrive|discard)-parked-fact$/.test(operation.name) && {
      consumer: `${operation.service}__contingent`,
    }),
    ...(operation.name === 'discard-parked-fact' && { position: (of: Records) => Number(of.position) }),
    ...GIVEN[`${operation.service}.${operation.name}`],
    ...variant,
  };
  const valueOf = async (field: FieldRecord): Promise<unknown> => {
    const own = given[field.name];
    if (typeof own === 'function') return (own as (r: Records, f: FileStore | null) => Value)(noting, files);
    if (own !== undefined) return own;
    const record = recordName(operation.service, operation.name, field.name);
    if (record) return noting[record];
    return bySchema(operation, field);
  };
  const input: Record<string, unknown> = {};
  for (const field of fieldsOf(operation.input))
    if (!field.options.optional || field.name in given) input[field.name] = await valueOf(field);
  return { input, places: [...places] };
}

function bySchema(operation: Operation, field: FieldRecord): unknown {
  const where = `${operation.service}.${operation.name} ${field.name}`;
  if (field.options.nullable) return null;
  if (field.options.example !== undefined) return field.options.example;
  if (field.nested) {
    const nested = (): unknown => byClass(operation, field.nested!());
    return field.list ? [nested()] : nested();
  }
  const schema = typeof field.schema === 'function' ? field.schema() : field.schema;
  if (schema.enum) return (schema.enum as unknown[])[0];
  if (schema.format === 'uuid')
    throw new Error(`${where} is an id: say in recordName of relations.ts which record it is of`);
  if (schema.format === 'date') return TODAY;
  if (schema.format === 'date-time') return `${TODAY}T00:00:00Z`;
  if (schema.pattern) throw new Error(`${where} has a pattern: give a value in GIVEN of inputs.ts`);
  switch (schema.type) {
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return schema.minimum;
    case 'string':
      return 'x'.repeat(Math.max(Number(schema.minLength ?? 0), 8)).slice(0, Number(schema.maxLength));
    default:
      throw new Error(`${where}: give a value in GIVEN of inputs.ts`);
  }
}

const byClass = (operation: Operation, type: Constructor): unknown =>
  Object.fromEntries(
    fieldsOf(type)
      .filter((field) => !field.options.optional)
      .map((field) => [field.name, bySchema(operation, field)]),
  );
