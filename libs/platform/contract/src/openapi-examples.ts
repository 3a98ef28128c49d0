import type { JsonSchema } from './schema.js';

/** Texts by the name of their field; a field may say its own (`example`). */
const TEXTS: Readonly<Record<string, string>> = {
  accessToken: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl',
  access_token: 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTk3In0.c2lnbmF0dXJl',
  address: 'anna@example.ru',
  after: '5',
  before: '4',
  changedBy: 'Иванова Мария Петровна',
  classTitle: '7А',
  clientId: '0197b3c4-0000-7000-8000-00000000000c',
  clientSecret: 'secret-that-is-shown-once',
  client_id: '0197b3c4-0000-7000-8000-00000000000c',
  client_secret: 'secret-that-is-shown-once',
  code: '482913',
  currentPassword: 'the password until now',
  dayOff: 'День народного единства',
  decidedBy: 'Смирнов Олег Игоревич',
  digestAt: '19:00',
  endsAt: '09:15',
  familyName: 'Соколова',
  fileName: 'journal-7a.xlsx',
  givenName: 'Анна',
  groupTitle: 'Алгебра, 7А',
  guardianName: 'Соколова Ольга Сергеевна',
  homework: '§ 12, № 214–216',
  initialPassword: 'pole-reka-oblako-7',
  ipAddress: '192.0.2.10',
  login: 'a.sokolova',
  maskedAddress: 'a…a@example.ru',
  middleName: 'Сергеевна',
  name: 'Соколова Анна Сергеевна',
  newPassword: 'a new long password',
  orderNumber: '17-к',
  orderedBy: 'Смирнов Олег Игоревич',
  password: 'a long password of one’s own',
  periodTitle: '1 четверть',
  plannedHomework: '§ 12, № 214–216',
  plannedTopic: 'Линейные уравнения',
  previousValue: '4',
  quietFrom: '21:00',
  quietTo: '08:00',
  reason: 'По заявлению родителей',
  room: '214',
  schoolName: 'Школа № 7',
  scope: 'roster.write timetable.write',
  section: 'Уравнения',
  service: 'journal',
  sourceSystem: 'Региональная ИС «Контингент»',
  startsAt: '08:30',
  studentName: 'Соколова Анна',
  subjectTitle: 'Алгебра',
  submittedBy: 'Региональная ИС «Контингент»',
  suggestedLogin: 'a.sokolova',
  teacher: 'Иванова Мария Петровна',
  timeZone: 'Europe/Moscow',
  title: '7А',
  token: 'Zx4kq0h1W9c2rT7uVbN5mPaE',
  topic: 'Линейные уравнения',
  userAgent: 'Mozilla/5.0',
  value: '5',
  workCode: 'К',
  workTypeTitle: 'Контрольная работа',
};

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  date: '2026-10-05',
  'date-time': '2026-10-05T08:30:00Z',
  email: 'anna@example.ru',
};

const REFERENCE = '#/components/schemas/';

/**
 * An example that the schema admits, with every field that it knows.
 * @param name of the field, which says what the text is about
 * @param schemas what references lead to
 * @throws Error when a text does not follow its pattern: its field needs an `example`
 */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, name = ''): unknown {
  if (typeof schema.$ref === 'string')
    return exampleOf(schemas[schema.$ref.slice(REFERENCE.length)]!, schemas, name);
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.anyOf)) return exampleOf(schema.anyOf[0] as JsonSchema, schemas, name);
  const type = Array.isArray(schema.type) ? (schema.type[0] as string) : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(([field, of]) => [
          field,
          exampleOf(of, schemas, field),
        ]),
      );
    case 'array':
      return [exampleOf(schema.items as JsonSchema, schemas, name)];
    case 'integer':
    case 'number':
      return Math.max((schema.minimum as number | undefined) ?? 0, Math.min(1, schema.maximum as number));
    case 'boolean':
      return true;
    default:
      return textFor(schema, name);
  }
}

function textFor(schema: JsonSchema, name: string): string {
  const text = BY_FORMAT[String(schema.format)] ?? TEXTS[name] ?? 'Text';
  const most = (schema.maxLength as number | undefined) ?? Infinity;
  const fits = text.slice(0, most).padEnd((schema.minLength as number | undefined) ?? 0, '.');
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern, 'u').test(fits))
    throw new Error(`${name} needs an example: ${fits} does not follow ${schema.pattern}`);
  return fits;
}
