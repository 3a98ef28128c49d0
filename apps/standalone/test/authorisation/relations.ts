import { randomUUID } from 'node:crypto';
import {
  fieldsOf,
  reachOf,
  type Access,
  type Constructor,
  type Reach,
  type Role,
} from '@parta/platform-contract';
import type { TestRegion } from './schools.js';

/** How the records of a call stand to the caller. */
export const RELATIONS = [
  'own',
  'foreign group',
  'foreign child',
  'foreign class',
  'foreign school',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** Ids by the names that operations give to their fields. */
export type Records = Readonly<Record<string, string>>;

const WITHIN: Record<Reach, readonly Relation[]> = {
  region: RELATIONS,
  'own schools': ['own', 'foreign group', 'foreign child', 'foreign class'],
  'own classes': ['own', 'foreign group', 'foreign child'],
  'classes taught': ['own', 'foreign group', 'foreign child'],
  'own groups': ['own', 'foreign child'],
  'own lessons': ['own', 'foreign child'],
  'own children': ['own'],
  self: ['own'],
};

/** Who calls: somebody with one role, or a regional system. */
export interface Caller {
  name: string;
  role: Role | null;
  /** null for nobody */
  token: string | null;
  scopes?: readonly string[];
}

/**
 * The relations that a caller's right covers, for a call that names these records; null when there is no right at all. Who
 * has a right over groups or lessons has none over the whole class.
 */
export function coveredBy(
  access: Access,
  caller: Caller,
  places: readonly string[],
): readonly Relation[] | null {
  if (caller.scopes) {
    if (access.kind !== 'client' || !caller.scopes.includes(access.scope)) return null;
    return [access.reach].flat().flatMap((one: Reach) => WITHIN[one]);
  }
  if (!caller.role) return null;
  const reach = reachOf(access, caller.role);
  if (reach.length === 0) return null;
  const isOfClass = places.includes('classId') && !places.includes('groupId');
  const counts = (one: Reach): boolean => {
    // The region's operator has no school, class or child of the own.
    if (caller.role === 'regional-operator') return one === 'region' || one === 'self';
    return !isOfClass || (one !== 'own groups' && one !== 'own lessons');
  };
  return RELATIONS.filter((relation) => reach.some((one) => counts(one) && WITHIN[one].includes(relation)));
}

const OTHERS_CLIENT = { jobId: randomUUID(), clientId: randomUUID() };
const OWN_CLIENT = { jobId: randomUUID(), clientId: randomUUID() };
export const clients = { own: OWN_CLIENT, others: OTHERS_CLIENT };

/** What stands to a caller in a relation. Roles without a group of their own are given that of the last teacher. */
export function recordsOf(region: TestRegion, role: Role | null, relation: Relation): Records {
  const school = relation === 'foreign school' ? region.foreign : region.own;
  const cls = school.classes[relation === 'foreign class' ? 1 : 0]!;
  const holder = region.holders[role ?? 'nurse'];
  const ownTeaching = cls.teachings.find((one) => one.teacherId === holder.personId);
  const teaching = relation === 'foreign group' || !ownTeaching ? cls.teachings.at(-1)! : ownTeaching;
  const family = cls.families[relation === 'foreign child' ? 1 : 0]!;
  const isMine = relation === 'own' || relation === 'foreign group';
  const { schoolId, periodId, workTypeId, librarianId, grantId } = school;
  const { groupId, lessonId, requestId, reportId, unfinishedReportId, fileId } = teaching;
  const { studentId, guardianId, messageId, consentId, accountId } = family;
  return {
    schoolId,
    periodId,
    workTypeId,
    grantId,
    staffId: librarianId,
    classId: cls.classId,
    ...{ groupId, lessonId, requestId, reportId, unfinishedReportId, fileId },
    ...{ studentId, guardianId, messageId, consentId, accountId, personId: studentId },
    sessionId: isMine ? holder.sessionId : family.sessionId,
    endedSessionId: isMine ? holder.endedSessionId : family.sessionId,
    ...(isMine && { ownAccountId: holder.accountId }),
    aggregateId: parkedOf(schoolId),
    position: String(positionOf(schoolId)),
    ...(relation === 'own' ? OWN_CLIENT : OTHERS_CLIENT),
  };
}

/** What the parked fact of a school is about. */
export const parkedOf = (schoolId: string): string => `parked-${schoolId}`;

/** Where in its stream the fact of a school stands that is given up; another one, since that cannot be undone. */
export const positionOf = (schoolId: string): number => parseInt(schoolId.slice(0, 8), 16);

/** The record that a field of an operation is about, if any. */
export function recordName(service: string, operation: string, field: string): string | null {
  if (field === 'id')
    return service === 'contingent'
      ? 'jobId'
      : operation === 'delete-report'
        ? 'unfinishedReportId'
        : 'reportId';
  if (field === 'personId' && ['grant-role', 'revoke-role'].includes(operation)) return 'staffId';
  if (operation === 'end-other-session' && field === 'sessionId') return 'endedSessionId';
  if (field === 'accountId' && operation === 'get-me') return 'ownAccountId';
  return field in KNOWN ? field : null;
}

const KNOWN = Object.fromEntries(
  [
    'schoolId',
    'periodId',
    'classId',
    'groupId',
    'lessonId',
    'studentId',
    'personId',
    'accountId',
    'sessionId',
    'messageId',
    'consentId',
    'requestId',
    'workTypeId',
    'fileId',
    'clientId',
    'grantId',
    'aggregateId',
  ].map((name) => [name, true]),
);

/** Names of the fields with an id in an answer, at any depth. */
export function idFieldsOf(type: Constructor, seen = new Set<Constructor>()): string[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return fieldsOf(type).flatMap((field) => {
    if (field.nested) return idFieldsOf(field.nested(), seen);
    const schema = typeof field.schema === 'function' ? field.schema() : field.schema;
    const isId =
      schema.format === 'uuid' || (schema.items as { format?: string } | undefined)?.format === 'uuid';
    return isId || field.name === 'clientId' || field.name === 'aggregateId' ? [field.name] : [];
  });
}
