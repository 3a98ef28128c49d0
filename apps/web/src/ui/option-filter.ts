import { isFound } from '@parta/domain-marks/names';
import type { ComboboxParsedItem, OptionsFilter } from '@mantine/core';

/** Options of a select are found as people are: whatever the spelling, in whatever order of words. */
export const isOptionFound: OptionsFilter = ({ options, search, limit }) => {
  let left = limit;
  const found = <Option extends { label: string }>(all: readonly Option[]): Option[] => {
    const chosen = all.filter(({ label }) => isFound(search, label)).slice(0, left);
    left -= chosen.length;
    return chosen;
  };
  return options.flatMap<ComboboxParsedItem>((option) => {
    if (!('group' in option)) return found([option]);
    const items = found(option.items);
    return items.length > 0 ? [{ ...option, items }] : [];
  });
};
