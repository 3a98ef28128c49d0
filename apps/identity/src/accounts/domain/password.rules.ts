import { DomainError } from '@parta/platform-errors';
import { loginKey } from './login.js';

export const MIN_PASSWORD_LENGTH = 10;
const MIN_DIFFERENT_CHARACTERS = 5;
/** the part of a password that keyboard rows and repetitions may make up */
const MAX_WALKED_SHARE = 0.7;
const SHORTEST_WALK = 4;

/** Why a password is refused; `details.reason` of the error. */
export type PasswordWeakness =
  'too-short' | 'contains-login' | 'too-few-characters' | 'keyboard-walk' | 'common';

const ENGLISH_ROWS = ['qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'];
const RUSSIAN_ROWS = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю.'];
const COLUMNS = ['1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/', '1йфя2цыч3увс4кам5епи6нрт7гоь8шлб9щдю0зж.'];
const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
];
const WALKS = [
  '1234567890-=',
  '01234567890',
  ...ENGLISH_ROWS,
  ...RUSSIAN_ROWS,
  ...COLUMNS,
  ...ALPHABETS,
].flatMap((row) => [row, [...row].reverse().join('')]);

/** Words that people make passwords of, bare or with digits around them. */
const COMMON_WORDS = new Set(
  `password passw0rd pa55word p@ssword p@ssw0rd admin administrator root user guest welcome letmein iloveyou monkey dragon
  princess sunshine football baseball superman batman master shadow michael trustno1 whatever freedom starwars pokemon
  minecraft roblox google yandex vkontakte vk mail qwerty qwe qaz abc asd zxc test testtest login changeme default secret
  hello samsung iphone computer internet school teacher student parent director journal diary class lesson
  пароль пароли админ администратор учитель ученик родитель директор завуч школа школьник дневник журнал класс урок
  привет здравствуй любовь люблю солнышко солнце зайка котик кошка собака мама папа мамапапа семья дочка сынок россия
  москва спартак зенит наташа наталья марина светлана татьяна елена ольга ирина екатерина анастасия мария александр
  сергей андрей дмитрий алексей максим владимир николай михаил иван логин секрет тест йцукен весна лето осень зима
  январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь parol parolparol privet lubov marina
  natasha spartak zenit moskva russia rossiya shkola uchitel direktor dnevnik zhurnal
  parta парта demo демо trial проба example пример temp temporary новый новая new old my мой моя the and и
  football1 charlie jordan jennifer hunter killer soccer hockey george andrew michelle love pepper daniel access joshua
  thomas ginger summer winter spring autumn london nicole matrix cheese mustang corvette january february march april
  may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  понедельник вторник среда четверг пятница суббота воскресенье correct horse battery staple`.split(/\s+/),
);

const LATIN_KEYS = ENGLISH_ROWS.join('');
const RUSSIAN_KEYS = RUSSIAN_ROWS.join('');

/** What was typed with the Latin layout by somebody thinking in Russian: «gfhjkm» is «пароль». */
const onRussianKeys = (text: string): string =>
  [...text].map((c) => RUSSIAN_KEYS[LATIN_KEYS.indexOf(c)] ?? c).join('');

/** How many characters lie in runs of one character or in walks along a row of keys or an alphabet. */
function walkedLength(text: string): number {
  let walked = 0;
  for (let i = 0; i < text.length;) {
    let best = 1;
    while (text[i + best] === text[i]) best += 1;
    for (const row of WALKS) {
      let length = SHORTEST_WALK;
      while (i + length <= text.length && row.includes(text.slice(i, i + length))) length += 1;
      best = Math.max(best, length - 1);
    }
    if (best >= SHORTEST_WALK) {
      walked += best;
      i += best;
    } else i += 1;
  }
  return walked;
}

/** Signs that stand for letters in the passwords of those who think that this helps. */
const LOOKS_LIKE: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const asLetters = (text: string): string => [...text].map((sign) => LOOKS_LIKE[sign] ?? sign).join('');

/** Whether letters are nothing but common words, one after another. */
function isOfCommonWords(letters: string): boolean {
  const reached = new Set([0]);
  for (let from = 0; from < letters.length; from += 1) {
    if (!reached.has(from)) continue;
    for (let to = from + 1; to <= letters.length; to += 1) {
      const word = letters.slice(from, to);
      if (COMMON_WORDS.has(word) || COMMON_WORDS.has(onRussianKeys(word))) reached.add(to);
    }
  }
  return reached.has(letters.length);
}

/** Common words with whatever between and around them that is no letter, or looks like one. */
const isPhraseOfCommonWords = (text: string): boolean =>
  [text, asLetters(text)].some((form) => {
    const words = form.split(/[^\p{L}]+/u).filter(Boolean);
    return words.length > 0 && words.every(isOfCommonWords);
  });

/** «1q2w3e4r5t»: every other character is a walk, and so are those between. */
function isPlaited(text: string): boolean {
  const parts = [0, 1].map((first) => [...text].filter((_, at) => at % 2 === first).join(''));
  return parts.every((part) => walkedLength(part) > part.length * MAX_WALKED_SHARE);
}

function isCommon(text: string): boolean {
  const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const half = bare.length % 2 === 0 ? bare.slice(0, bare.length / 2) : '';
  return [text, bare, ...(half && half + half === bare ? [half] : [])].some(
    (word) => COMMON_WORDS.has(word) || COMMON_WORDS.has(onRussianKeys(word)),
  );
}

/** The first reason to refuse a password for this login, or null for a fit one. */
export function passwordWeakness(password: string, login: string): PasswordWeakness | null {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < MIN_PASSWORD_LENGTH) return 'too-short';
  const own = loginKey(login);
  if (text === own || (own.length >= 5 && text.includes(own))) return 'contains-login';
  if (new Set(text).size < MIN_DIFFERENT_CHARACTERS) return 'too-few-characters';
  if (isCommon(text) || isPhraseOfCommonWords(text)) return 'common';
  if (walkedLength(text) > text.length * MAX_WALKED_SHARE || isPlaited(text)) return 'keyboard-walk';
  return null;
}

/**
 * A chosen password is at least ten characters, does not hold the login, and is neither common, also as a phrase of common words, nor a
 * walk over the keyboard.
 * @param demoPassword is taken although everybody knows it: where the demo runs
 * @throws DomainError `identity.password-too-weak` with `details.reason`
 */
export function passwordIsFit(password: string, login: string, field: string, demoPassword?: string): void {
  const reason = passwordWeakness(password, login);
  if (!reason || password === demoPassword) return;
  throw new DomainError('invalid', 'identity.password-too-weak', `the password is too weak: ${reason}`, {
    details: { reason },
    fields: [{ field, code: reason, message: `the password is too weak: ${reason}` }],
  });
}
