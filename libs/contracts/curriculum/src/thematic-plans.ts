import {
  defineCommand,
  defineQuery,
  each,
  Flag,
  Id,
  LEADERSHIP_ROLES,
  ListOf,
  roles,
  Text,
  UploadedFile,
  Whole,
} from '@parta/platform-contract';

const TAG = 'Thematic plans';

/** A thematic plan as XLSX, already stored by the gateway. */
export class ImportThematicPlan extends UploadedFile {
  @Id()
  groupId: string;
}

export class PlannedLesson {
  @Whole({ min: 1, max: 1000, description: 'order in the plan' })
  position: number;

  @Text({ max: 500 })
  topic: string;

  @Text({ max: 200, nullable: true, description: 'section of the programme' })
  section: string | null;

  @Text({ max: 1000, nullable: true })
  homework: string | null;

  @Flag({ description: 'control work is planned here' })
  isControlWork: boolean;
}

export class ThematicPlanView {
  @Id()
  groupId: string;

  @ListOf(() => PlannedLesson, { max: 1000 })
  lessons: PlannedLesson[];
}

export const importThematicPlan = defineCommand({
  service: 'curriculum',
  name: 'import-thematic-plan',
  http: {
    method: 'POST',
    path: '/api/v1/study-groups/{groupId}/thematic-plan',
    upload: {
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      maxBytes: 5 * 1024 * 1024,
    },
  },
  access: roles({ teacher: 'own groups', 'deputy-head': 'own schools', administrator: 'own schools' }),
  input: ImportThematicPlan,
  output: ThematicPlanView,
  summary: 'Replace the thematic plan of a study group by a spreadsheet (R88–R90)',
  description:
    'Columns by their headings: «№», «Раздел», «Тема», «Домашнее задание», «Контрольная». Only «Тема» is needed. A teacher may do it for the own groups.',
  errors: ['curriculum.group-not-found', 'curriculum.plan-unreadable', 'curriculum.plan-empty'],
  timeoutMs: 15_000,
  tag: TAG,
});

export class StudyGroupId {
  @Id()
  groupId: string;
}

export const getThematicPlan = defineQuery({
  service: 'curriculum',
  name: 'get-thematic-plan',
  http: { method: 'GET', path: '/api/v1/study-groups/{groupId}/thematic-plan' },
  access: roles({ teacher: 'own groups', ...each(LEADERSHIP_ROLES, 'own schools') }),
  input: StudyGroupId,
  output: ThematicPlanView,
  summary: 'The thematic plan of a study group',
  errors: ['curriculum.group-not-found'],
  tag: TAG,
});
