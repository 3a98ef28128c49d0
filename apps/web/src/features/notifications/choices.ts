import type { ChildChoices } from './queries';

/** Whether the family wants to hear of both children alike. */
export const isSameChoice = (one: ChildChoices, other: ChildChoices): boolean =>
  one.choices.every((choice) => {
    const same = other.choices.find(({ kind }) => kind === choice.kind);
    return same?.email === choice.email && same.sms === choice.sms;
  });
