import 'i18next';
import type account from '../locales/ru/account.json';
import type classes from '../locales/ru/classes.json';
import type common from '../locales/ru/common.json';
import type deliveries from '../locales/ru/deliveries.json';
import type diary from '../locales/ru/diary.json';
import type errors from '../locales/ru/errors.json';
import type exchange from '../locales/ru/exchange.json';
import type family from '../locales/ru/family.json';
import type home from '../locales/ru/home.json';
import type journal from '../locales/ru/journal.json';
import type operations from '../locales/ru/operations.json';
import type oversight from '../locales/ru/oversight.json';
import type people from '../locales/ru/people.json';
import type region from '../locales/ru/region.json';
import type reports from '../locales/ru/reports.json';
import type session from '../locales/ru/session.json';
import type slips from '../locales/ru/slips.json';

// The Russian files are complete; a key that they lack does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      account: typeof account;
      classes: typeof classes;
      common: typeof common;
      deliveries: typeof deliveries;
      diary: typeof diary;
      errors: typeof errors;
      exchange: typeof exchange;
      family: typeof family;
      home: typeof home;
      journal: typeof journal;
      operations: typeof operations;
      oversight: typeof oversight;
      people: typeof people;
      region: typeof region;
      reports: typeof reports;
      session: typeof session;
      slips: typeof slips;
    };
  }
}
