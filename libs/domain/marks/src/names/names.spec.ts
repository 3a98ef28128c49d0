import { describe, expect, it } from '@jest/globals';
import { foldedText, isFound, signedName, twoLetters } from './index.js';

describe('the initials of a name', () => {
  it.each([
    ['фон Дервиз', 'Павел', 'Григорьевич', 'фон Дервиз П. Г.'],
    ['Иванова', 'Анна', 'Петровна', 'Иванова А. П.'],
    ['Иванова', 'Анна-Мария', null, 'Иванова А.-М.'],
    ['Смит', 'Джон', null, 'Смит Д.'],
    ['де ла Крус', 'Мария дель Пилар', null, 'де ла Крус М. дель П.'],
    ['Кара оглы', 'Али', 'Ахмедович', 'Кара оглы А. А.'],
    ['Алиев', 'Гейдар', 'Мамед оглы', 'Алиев Г. М. оглы'],
    ['Алиева', 'Лейла', 'Мамед Кызы', 'Алиева Л. М. кызы'],
    ['Алиев', 'Гейдар', 'Мамед-оглы', 'Алиев Г. М.-оглы'],
    ["О'Нил", 'ёся', "'Абдовна", "О'Нил Ё. А."],
    ['Йодов', 'И\u0306он', null, 'Йодов Й.'],
  ])('%s, %s, %s', (familyName, givenName, middleName, signed) => {
    expect(signedName({ familyName, givenName, middleName })).toBe(signed);
  });

  it('are two letters for a picture, of what is written with a capital', () => {
    expect(twoLetters({ familyName: 'фон Дервиз', givenName: 'Павел' })).toBe('ДП');
    expect(twoLetters({ familyName: 'де ла крус', givenName: 'анна' })).toBe('ДА');
  });
});

describe('a name that is searched', () => {
  const NAME = ["Д'Артаньян-Сергеев", 'Артём Юрьевич'] as const;

  it.each([
    'артем',
    'АРТЁМ',
    'Арте\u0308м',
    'юрьевич артём',
    'Д’Артаньян',
    'ДʼАртаньян',
    'Д`Артаньян',
    'Д′Артаньян',
    'дартаньян',
    'Артаньян‐Сергеев',
    'Артаньян – Сергеев',
    'Артаньян—Сергеев',
    'Артаньян Сергеев',
    'Арта\u00adньян',
    'Арта\u200bньян',
    'Артаньян\u00a0Сергеев',
    '  артём   юрьевич ',
    'Артаньян-Сергеев Артём',
  ])('is found as %j', (typed) => {
    expect(isFound(typed, ...NAME)).toBe(true);
  });

  it.each(['%', '_', 'артур', 'ар_ем', 'артём иванов'])('is not found as %j', (typed) => {
    expect(isFound(typed, ...NAME)).toBe(false);
  });

  it('keeps «й» apart from «и», however it is composed', () => {
    expect(foldedText('И\u0306од')).toBe('йод');
    expect(isFound('иод', 'Йод')).toBe(false);
  });
});
