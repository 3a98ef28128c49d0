import { randomUUID } from 'node:crypto';
import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import {
  lessonDescribed,
  lessonEntriesRecorded,
  type LessonDescribedV1,
  type RecordedAttendance,
  type RecordedMark,
} from '@parta/contracts-journal';
import { aMark, anAttendance } from '@parta/contracts-journal/testing';
import {
  confirmContact,
  getNotificationSettings,
  requestContactCode,
  setChildChoices,
  type Channel,
  type KindChoice,
} from '@parta/contracts-notifications';
import type { Fact } from '@parta/platform-contract';
import type { ServiceBench } from '@parta/platform-testing';
import type { Inbox, Received } from '@parta/receivers';
import { until } from './until.js';

let phones = 0;

/** A choice of one kind; what is not said is off. */
export const choice = (kind: KindChoice['kind'], more: Partial<KindChoice> = {}): KindChoice => ({
  kind,
  email: 'off',
  sms: 'off',
  ...more,
});

/** A school with one class, one pupil and the pupil's mother, told to the service as facts. */
export class Family {
  readonly schoolId = randomUUID();
  readonly classId = randomUUID();
  readonly groupId = randomUUID();
  readonly studentId = randomUUID();
  readonly motherId = randomUUID();
  readonly lessonId = randomUUID();
  readonly phone = `+7000${String(1_000_000 + ++phones).padStart(7, '0')}`;
  readonly email = `mother-${phones}@example.org`;
  token = '';

  private constructor(
    readonly bench: ServiceBench,
    readonly inbox: Inbox,
  ) {}

  static async join(bench: ServiceBench, inbox: Inbox): Promise<Family> {
    const family = new Family(bench, inbox);
    const { schoolId, classId, studentId, motherId } = family;
    family.token = await bench.keys.tokenOf([
      { role: 'guardian', schoolId, personId: motherId, studentIds: [studentId] },
    ]);
    await family.tell(schoolRecorded, schoolId, {
      schoolId,
      name: 'Школа № 1',
      kind: 'school',
      timeZone: 'Asia/Yekaterinburg',
      isActive: true,
    });
    await family.tell(classRecorded, classId, {
      classId,
      title: '7А',
      gradeLevel: 7,
      kind: 'class',
      homeroomTeacherIds: [],
      isActive: true,
    });
    await family.pupil(studentId, 'Пётр', classId);
    await family.motherOf([studentId]);
    await until('the family is known', async () => {
      const settings = await bench.rpc.call(getNotificationSettings, {}, { token: family.token });
      return settings.children.length === 1 && settings.schools.length === 1;
    });
    return family;
  }

  /** Tells of a child of hers; who she is a mother of is said by `motherOf`. */
  pupil(personId: string, givenName: string, classId: string): Promise<void> {
    return this.tell(studentRecorded, personId, {
      middleName: null,
      username: null,
      isActive: true,
      personId,
      familyName: 'Иванов',
      givenName,
      email: null,
      phone: null,
      birthDate: null,
      sex: null,
      classId,
      enrolments: [{ groupId: this.groupId, from: '2026-09-01', to: null }],
      guardianIds: [this.motherId],
    });
  }

  /** The pupil's father, who has given the school the same number and the same mailbox. */
  async father(): Promise<Family> {
    const { schoolId, studentId } = this;
    const father = Object.assign(new Family(this.bench, this.inbox), {
      ...this,
      motherId: randomUUID() as string,
    });
    father.token = await this.bench.keys.tokenOf([
      { role: 'guardian', schoolId, personId: father.motherId, studentIds: [studentId] },
    ]);
    await father.motherOf([studentId]);
    await until('the father is known', async () => {
      const settings = await this.bench.rpc.call(getNotificationSettings, {}, { token: father.token });
      return settings.children.length === 1 && settings.schools.length === 1;
    });
    return father;
  }

  /** Says whose mother she is, as the contingent does. */
  motherOf(studentIds: string[], version = 1): Promise<void> {
    return this.tell(
      guardianRecorded,
      this.motherId,
      {
        personId: this.motherId,
        familyName: 'Иванова',
        givenName: 'Мария',
        middleName: null,
        username: null,
        isActive: true,
        email: this.email,
        phone: this.phone,
        kind: 'parent',
        studentIds,
      },
      version,
    );
  }

  /** Publishes a fact of this school. */
  async tell<D extends object>(
    fact: Fact<D>,
    aggregateId: string,
    data: D,
    version = 1,
    occurredAt?: Date,
  ): Promise<void> {
    const about = { schoolId: this.schoolId, aggregateId, version, ...(occurredAt && { occurredAt }) };
    await this.bench.publish(fact, about, data);
  }

  /** Asks for a code, reads it from what has arrived, confirms. */
  async open(channel: Channel, address = channel === 'sms' ? this.phone : this.email): Promise<void> {
    const { schoolId } = this;
    const options = { token: this.token };
    const before = this.received(channel, address).length;
    await this.bench.rpc.call(requestContactCode, { schoolId, channel, address }, options);
    const code = await until('the code arrives', () => {
      const received = this.received(channel, address);
      return received
        .slice(0, received.length - before)
        .map((one) => /код[^\d]{1,20}(\d{6})/i.exec(one.text)?.[1])
        .find(Boolean);
    });
    const { schools } = await this.bench.rpc.call(getNotificationSettings, {}, options);
    const { consentVersion } = schools[0]![channel];
    await this.bench.rpc.call(confirmContact, { schoolId, channel, code, consentVersion }, options);
  }

  async choose(...choices: KindChoice[]): Promise<void> {
    const { children } = await this.bench.rpc.call(getNotificationSettings, {}, { token: this.token });
    await this.bench.rpc.call(
      setChildChoices,
      { studentId: this.studentId, version: children[0]!.version, choices },
      { token: this.token },
    );
  }

  /** What the mother has, the newest first. */
  received(channel: Channel, address = channel === 'sms' ? this.phone : this.email): Received[] {
    return this.inbox.list(address.replace(/^\+/, ''));
  }

  /** What the mother has, codes left aside. */
  notices(channel: Channel, address?: string): string[] {
    return this.received(channel, address)
      .filter((one) => !/код \d{6}|Код подтверждения|Код \d{6}/i.test(`${one.subject} ${one.text}`))
      .map((one) => one.text);
  }

  get circumstances() {
    const { lessonId, groupId } = this;
    return { lessonId, groupId, subjectTitle: 'Алгебра', date: '2026-11-20', lessonNumber: 2 };
  }

  async mark(more: Partial<RecordedMark> = {}, version = 1, occurredAt?: Date): Promise<string> {
    const { markId = randomUUID() as string, studentId = this.studentId, value = '5' } = more;
    const controlWork = { workTypeTitle: 'Контрольная работа', weight: 3 };
    const { data } = aMark(this.circumstances, studentId, value, {
      ...controlWork,
      ...more,
      markId,
      version,
    });
    await this.tell(lessonEntriesRecorded, this.lessonId, data, version, occurredAt);
    return markId;
  }

  async absence(
    more: Partial<RecordedAttendance> = {},
    cellId: string = randomUUID(),
    version = 1,
  ): Promise<string> {
    const about = { ...more, cellId, version };
    const { data } = anAttendance(this.circumstances, this.studentId, more.code ?? 'ABSENT', about);
    await this.tell(lessonEntriesRecorded, this.lessonId, data, version);
    return cellId;
  }

  async homework(
    homework: Partial<LessonDescribedV1['homework']>,
    version = 1,
    topic = 'Дроби',
    occurredAt?: Date,
  ): Promise<void> {
    await this.tell(
      lessonDescribed,
      this.lessonId,
      {
        ...this.circumstances,
        topic,
        homework: { text: null, noHomework: false, dueDate: null, individual: [], ...homework },
        commentForFamilies: null,
      },
      version,
      occurredAt,
    );
  }
}
