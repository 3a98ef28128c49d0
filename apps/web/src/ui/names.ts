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

export const initials = ({ familyName, givenName }: Name): string =>
  `${[...familyName][0] ?? ''}${[...givenName][0] ?? ''}`.toLocaleUpperCase('ru');
