/** A name as its fields are recorded. */
export interface NameFields {
  familyName: string;
  givenName: string;
  middleName?: string | null;
}

/** Words of a patronymic that stay: «Алиев Гейдар Мамед оглы» signs as «Алиев Г. М. оглы». */
const KINSHIP = /^(?:оглы|оглу|огли|кызы|гызы|кизи|қизи|улы|уулу|зода|заде|ибн|бен|бинт)$/iu;

const firstLetter = (word: string): string =>
  (/\p{L}/u.exec(word)?.[0] ?? [...word][0] ?? '').toLocaleUpperCase('ru');

const isCapital = (word: string): boolean => /^\P{L}*\p{Lu}/u.test(word);

/** Initials of a given name or patronymic: «А.» of «Анна», «А.-М.» of «Анна-Мария», «М. дель П.» of «Мария дель Пилар». */
function initialsOf(name: string): string {
  const words = name.normalize('NFC').split(/\s+/u).filter(Boolean);
  const hasCapitals = words.some(isCapital);
  return words
    .map((word, at) => {
      if (at > 0 && KINSHIP.test(word)) return word.toLocaleLowerCase('ru');
      if (hasCapitals && !isCapital(word)) return word;
      return word
        .split(/[-\u2010-\u2015]/u)
        .filter(Boolean)
        .map((part, i) =>
          i > 0 && KINSHIP.test(part) ? part.toLocaleLowerCase('ru') : `${firstLetter(part)}.`,
        )
        .join('-');
    })
    .join(' ');
}

/** «фон Дервиз П. Г.»: the family name as it is, then initials. */
export const signedName = ({ familyName, givenName, middleName }: NameFields): string =>
  [familyName.trim(), initialsOf(givenName), initialsOf(middleName ?? '')].filter(Boolean).join(' ');

/** Two letters for a person without a picture: «ДП» of «фон Дервиз Павел». */
export const twoLetters = ({ familyName, givenName }: NameFields): string =>
  firstLetter(familyName.split(/\s+/u).find(isCapital) ?? familyName) + firstLetter(givenName);
