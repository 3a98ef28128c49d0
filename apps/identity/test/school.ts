import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { createAccount, changePassword } from '@parta/contracts-identity';
import type { IdentityUnderTest } from './identity-under-test.js';

export interface Name {
  familyName: string;
  givenName: string;
  middleName?: string | null;
  username?: string | null;
}

const named = (name: Name) => ({ middleName: null, username: null, email: null, phone: null, ...name });

/** A school of the directory, made of facts as contingent publishes them. */
export class SchoolInDirectory {
  readonly id = crypto.randomUUID();
  private version = 1;

  constructor(private readonly identity: IdentityUnderTest) {}

  static async make(identity: IdentityUnderTest, kind = 'school'): Promise<SchoolInDirectory> {
    const school = new SchoolInDirectory(identity);
    await identity.hear(schoolRecorded, school.id, school.id, {
      schoolId: school.id,
      name: 'МОУ «Школа № 7»',
      kind,
      timeZone: 'Asia/Yekaterinburg',
      isActive: true,
    });
    return school;
  }

  async schoolClass(
    title: string,
    homeroomTeacherIds: string[] = [],
    id: string = crypto.randomUUID(),
    kind = 'class',
  ): Promise<string> {
    await this.identity.hear(
      classRecorded,
      this.id,
      id,
      {
        classId: id,
        title,
        gradeLevel: Number.parseInt(title) || null,
        kind,
        homeroomTeacherIds,
        isActive: true,
      },
      this.version++,
    );
    return id;
  }

  async staff(
    name: Name,
    roles: string[],
    id: string = crypto.randomUUID(),
    isActive = true,
  ): Promise<string> {
    const data = { personId: id, ...named(name), isActive, roles };
    await this.identity.hear(staffMemberRecorded, this.id, id, data, this.version++);
    return id;
  }

  async student(
    name: Name,
    classId: string | null,
    guardianIds: string[] = [],
    id: string = crypto.randomUUID(),
    isActive = true,
  ): Promise<string> {
    const data = {
      personId: id,
      ...named(name),
      isActive,
      classId,
      guardianIds,
      birthDate: null,
      sex: null,
      enrolments: [],
    };
    await this.identity.hear(studentRecorded, this.id, id, data, this.version++);
    return id;
  }

  async guardian(
    name: Name,
    studentIds: string[],
    id: string = crypto.randomUUID(),
    kind = 'parent',
    isActive = true,
  ): Promise<string> {
    const data = { personId: id, ...named(name), isActive, kind, studentIds };
    await this.identity.hear(guardianRecorded, this.id, id, data, this.version++);
    return id;
  }

  /** An account of the person with a chosen password, signed in. */
  async signedIn(
    personId: string,
  ): Promise<{ token: string; accountId: string; login: string; password: string; refreshToken: string }> {
    const given = await this.identity.call(createAccount, { personId }, await this.identity.operatorToken());
    const first = await this.identity.signIn(given.login, given.initialPassword);
    const password = `Ровный шаг ${crypto.randomUUID()}`;
    const session = await this.identity.call(
      changePassword,
      { currentPassword: given.initialPassword, newPassword: password },
      first.accessToken,
    );
    return {
      token: session.accessToken,
      accountId: given.accountId,
      login: given.login,
      password,
      refreshToken: session.refreshToken!,
    };
  }

  /** An administrator of the school, signed in. */
  async administrator(): Promise<{ personId: string; token: string; accountId: string }> {
    const personId = await this.staff({ familyName: 'Админова', givenName: 'Ада' }, ['administrator']);
    return { personId, ...(await this.signedIn(personId)) };
  }
}
