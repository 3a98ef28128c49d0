import { twoLetters } from '@parta/domain-marks/names';

interface Name {
  familyName: string;
  givenName: string;
  middleName: string | null;
}

/** «Иванов Пётр Сергеевич» */
export const fullName = ({ familyName, givenName, middleName }: Name): string =>
  [familyName, givenName, middleName].filter(Boolean).join(' ');

/** «Иванов Пётр» */
export const shortName = ({ familyName, givenName }: Name): string => `${familyName} ${givenName}`;

/** «Пётр Сергеевич»: how staff are spoken to */
export const politeName = ({ givenName, middleName }: Name): string =>
  [givenName, middleName].filter(Boolean).join(' ');

/** Two letters in place of a picture. */
export const initials = (name: Name): string => twoLetters(name);
