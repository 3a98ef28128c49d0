import { describe, expect, it } from '@jest/globals';
import { initialPassword } from './initial-password.js';
import { passwordIsFit, passwordWeakness } from './password.rules.js';

const LOGIN = 'ivanova.av';

describe('a password', () => {
  it.each([
    'Тихая гавань 17',
    'correct donkey battery',
    'korova-7-letit',
    'Zx9#mQ2!vK',
    'мы едем в Пермь',
    'дважды2=четыре',
  ])('is fit: %s', (password) => expect(passwordWeakness(password, LOGIN)).toBeNull());

  it('has at least ten characters', () => {
    expect(passwordWeakness('Zx9#mQ2!v', LOGIN)).toBe('too-short');
  });

  it.each(['ivanova.av', 'IVANOVA.AV', 'ivanova.av2024', 'моя-Ivanova.AV'])(
    'does not hold the login: %s',
    (password) => expect(passwordWeakness(password, LOGIN)).toBe('contains-login'),
  );

  it('may hold a login so short that it is in many words', () => {
    expect(passwordWeakness('лиса-и-журавль', 'жур')).toBeNull();
  });

  it.each(['aaaaaaaaaa', 'ababababab', '1212121212', 'ааааббббвв'])(
    'has five different characters: %s',
    (password) => expect(passwordWeakness(password, LOGIN)).toBe('too-few-characters'),
  );

  it.each([
    'password123',
    'Password2024!',
    '123пароль123',
    'администратор',
    'Gfhjkm12345',
    'ПарольПароль',
    'qwerty123456',
    'Школа2025!!!',
    'parta-demo-2026',
    'Parta_Demo_2026!',
    'P@ssw0rd-2026',
    'passwordqwerty',
    'correct horse battery staple',
    'letmein1234',
    'школа-журнал-7',
    'лето весна осень',
  ])('is not a common one: %s', (password) => expect(passwordWeakness(password, LOGIN)).toBe('common'));

  it.each([
    'qwertyuiop',
    'йцукенгшщз',
    'ЙЦУКЕНгшщз1',
    'poiuytrewq',
    'asdfghjkl;',
    'фывапролдж',
    '1234567890',
    '0987654321',
    '1qaz2wsx3edc',
    '1йфя2цыч3увс',
    'qwerasdfzxcv',
    'abcdefghij',
    'абвгдежзик',
    'zxcvbnm,./1',
    '1q2w3e4r5t',
    'q1w2e3r4t5y6',
    '1й2ц3у4к5е',
  ])('is not a walk over the keyboard: %s', (password) =>
    expect(passwordWeakness(password, LOGIN)).toBe('keyboard-walk'),
  );

  it('of the demo is taken where the demo runs, and nowhere else', () => {
    passwordIsFit('parta-demo-2026', LOGIN, 'password', 'parta-demo-2026');
    expect(() => passwordIsFit('parta-demo-2026', LOGIN, 'password')).toThrow();
    expect(() => passwordIsFit('password123', LOGIN, 'password', 'parta-demo-2026')).toThrow();
  });

  it('that is too weak is refused with the reason and the field', () => {
    expect(() => passwordIsFit('qwertyuiop', LOGIN, 'newPassword')).toThrow(
      expect.objectContaining({
        code: 'identity.password-too-weak',
        kind: 'invalid',
        details: { reason: 'keyboard-walk' },
        fields: [expect.objectContaining({ field: 'newPassword', code: 'keyboard-walk' })],
      }),
    );
  });
});

describe('an initial password', () => {
  it('has twelve characters that can be read out and are not confused', () => {
    for (let i = 0; i < 200; i += 1)
      expect(initialPassword()).toMatch(/^[bdfghkmnprstvzaeiou]{5}[2-9]{2}[bdfghkmnprstvzaeiou]{5}$/);
  });

  it('is another every time', () => {
    expect(new Set(Array.from({ length: 500 }, initialPassword)).size).toBe(500);
  });
});
