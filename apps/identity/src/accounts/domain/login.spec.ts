import { describe, expect, it } from '@jest/globals';
import { freeLogin, LOGIN, loginKey, proposedLogin, transliterated } from './login.js';

const person = { username: null, familyName: 'Щукина-Ёжикова', givenName: 'Юлия', middleName: 'Яковлевна' };

describe('a login', () => {
  it('is one whatever the case, the width of letters and their composition', () => {
    expect(loginKey('Иванова.АВ')).toBe(loginKey('иванова.ав'));
    expect(loginKey('И\u0306ванова')).toBe(loginKey('йванова'));
    expect(loginKey('ｉｖａｎｏｖａ')).toBe('ivanova');
  });

  it('is proposed from the roster if the roster’s may be one', () => {
    expect(proposedLogin({ ...person, username: 'shchukina_7' })).toBe('shchukina_7');
    expect(proposedLogin({ ...person, username: 'щукина.юя' })).toBe('щукина.юя');
    expect(proposedLogin({ ...person, username: 'two words' })).toBe('shchukina-ezhikova.yy');
  });

  it('is proposed from family name and initials', () => {
    expect(proposedLogin(person)).toBe('shchukina-ezhikova.yy');
    expect(proposedLogin({ ...person, familyName: 'Иванов', givenName: 'Пётр', middleName: null })).toBe(
      'ivanov.p',
    );
  });

  it('is proposed for every name, whatever its script', () => {
    for (const familyName of ['О', '王', '---', 'O’Neill', 'Ы'.repeat(100)])
      expect(proposedLogin({ ...person, familyName, givenName: '王', middleName: null })).toMatch(LOGIN);
  });

  it('that is taken gets the smallest free number', () => {
    expect(freeLogin('ivanov.p', new Set())).toBe('ivanov.p');
    expect(freeLogin('Ivanov.P', new Set(['ivanov.p', 'ivanov.p2']))).toBe('Ivanov.P3');
  });
});

it('names are transliterated letter by letter', () => {
  expect(transliterated('Подъячий')).toBe('podyachiy');
  expect(transliterated('Жанна д’Арк')).toBe('zhannadark');
  expect(transliterated('José')).toBe('jose');
});
