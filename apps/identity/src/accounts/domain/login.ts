/** What a login may consist of; the contract refuses everything else. */
export const LOGIN = /^[\p{L}\p{N}._@-]{3,100}$/u;

/** A login as it is written down: composed letters, no look-alike widths. */
export const normalizedLogin = (login: string): string => login.normalize('NFKC').trim();

/** What makes a login unique and found: «Иванова.АВ», «иванова.ав» and a decomposed «й» are one login (R18). */
export const loginKey = (login: string): string => normalizedLogin(login).toLowerCase().normalize('NFKC');

const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore

/** Latin letters, digits and hyphens for a name in any script: «Щукин-Ёлкин» is `shchukin-elkin`. */
export function transliterated(name: string): string {
  return [...name.normalize('NFC').toLowerCase()]
    .map((letter) => LATIN[letter] ?? letter.normalize('NFKD').replace(/[^a-z0-9-]/g, ''))
    .join('')
    .replace(/^-+|-+$/g, '');
}

/**
 * The login to propose: the roster's if it may be one, else the family name and initials, «ivanova.av».
 */
export function proposedLogin(person: {
  username: string | null;
  familyName: string;
  givenName: string;
  middleName: string | null;
}): string {
  const fromRoster = person.username ? normalizedLogin(person.username) : '';
  if (LOGIN.test(fromRoster)) return fromRoster;
  const initials = [person.givenName, person.middleName ?? '']
    .map((name) => transliterated(name).charAt(0))
    .join('');
  const login = [transliterated(person.familyName), initials].filter(Boolean).join('.');
  return LOGIN.test(login) ? login.slice(0, 90) : `user.${login || 'x'}`;
}

/** The proposed login, or it with the smallest number that makes it free. */
export function freeLogin(proposed: string, takenKeys: ReadonlySet<string>): string {
  if (!takenKeys.has(loginKey(proposed))) return proposed;
  for (let n = 2; ; n += 1) {
    const numbered = `${proposed.slice(0, 90)}${n}`;
    if (!takenKeys.has(loginKey(numbered))) return numbered;
  }
}
