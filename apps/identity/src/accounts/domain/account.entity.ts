import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { loginKey } from './login.js';

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    login: p.text(),
    loginKey: p.text(),
    passwordHash: p.text().hidden(),
    mustChangePassword: p.boolean(),
    passwordChangedAt: p.datetime(),
    isBlocked: p.boolean(),
    isRegionalOperator: p.boolean(),
    ownFamilyName: p.text().nullable(),
    ownGivenName: p.text().nullable(),
    schoolIds: p.array(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});

export interface NewAccount {
  login: string;
  passwordHash: string;
  /** the password was handed over by somebody else (R20) */
  mustChangePassword: boolean;
}

/** Someone's way in: a login and a password (R18). Whose persons it stands for is kept beside it, under each school. */
export class Account extends AccountSchema.class {
  static open(given: NewAccount, at: Date): Account {
    const account = new Account();
    account.id = uuidv7();
    account.login = given.login;
    account.loginKey = loginKey(given.login);
    account.passwordHash = given.passwordHash;
    account.mustChangePassword = given.mustChangePassword;
    account.passwordChangedAt = at;
    account.isBlocked = false;
    account.isRegionalOperator = false;
    account.schoolIds = [];
    account.createdAt = at;
    account.version = 1;
    return account;
  }

  /** An account of the region itself, of no school's person. */
  static openForOperator(given: NewAccount, at: Date): Account {
    const account = Account.open(given, at);
    account.isRegionalOperator = true;
    account.ownFamilyName = 'Региональный';
    account.ownGivenName = 'оператор';
    return account;
  }

  /** The account stands for a person of the school from now on. */
  joinSchool(schoolId: string): void {
    if (!this.schoolIds.includes(schoolId)) this.schoolIds = [...this.schoolIds, schoolId];
  }

  /** The holder has chosen a password. */
  choosePassword(passwordHash: string, at: Date): void {
    this.passwordHash = passwordHash;
    this.mustChangePassword = false;
    this.passwordChangedAt = at;
  }

  /** Somebody else has set a password, which the holder has to replace (R20, R31). */
  receiveInitialPassword(passwordHash: string, at: Date): void {
    this.passwordHash = passwordHash;
    this.mustChangePassword = true;
    this.passwordChangedAt = at;
  }
}
AccountSchema.setClass(Account);
